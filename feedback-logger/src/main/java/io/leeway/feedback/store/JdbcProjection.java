package io.leeway.feedback.store;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.SlotDecision;
import io.leeway.feedback.Fate;
import io.leeway.feedback.FateKind;
import io.leeway.feedback.LoggedActivation;
import io.leeway.feedback.LoggedDecision;
import io.leeway.feedback.LoggedFeedback;
import io.leeway.feedback.LoggedReward;
import io.leeway.feedback.Position;
import io.leeway.feedback.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Writes the projection's rows. Thread safe. */
@ApplicationScoped
public class JdbcProjection implements Projection {
    private final Landing landing;

    JdbcProjection(DataSource database) {
        this.landing = new Landing(database);
    }

    @Override
    public List<Unstorable> landDecisions(List<LoggedDecision> decisions) {
        return landing.land(
                decisions,
                row -> new LoggedDecision(row.decision(), StorableJson.of(row.body()), row.position()),
                (connection, rows) -> insertDecisions(connection, Inserts.DECISIONS, rows));
    }

    @Override
    public List<Unstorable> landRewards(List<LoggedReward> rewards) {
        return landing.land(rewards, UnaryOperator.identity(), JdbcProjection::insertRewards);
    }

    @Override
    public List<Unstorable> landActivations(List<LoggedActivation> activations) {
        Columns<LoggedActivation> columns = new Columns<LoggedActivation>()
                .text(row -> row.activation().loop())
                .text(row -> row.activation().eventId())
                .text(row -> row.position().toString())
                .text(row -> row.activation().time().toString())
                .text(row -> storable(row.activation()));
        return landing.land(
                activations,
                UnaryOperator.identity(),
                (connection, rows) -> columns.execute(connection, Inserts.ACTIVATIONS, rows));
    }

    @Override
    public List<Unstorable> landFeedback(List<LoggedFeedback> feedback) {
        return landing.land(feedback, JdbcProjection::mended, JdbcProjection::insertFeedback);
    }

    @Override
    public List<Unstorable> landFates(List<Fate> fates) {
        return landing.land(fates, UnaryOperator.identity(), JdbcProjection::insertFates);
    }

    private static void insertDecisions(Connection connection, String sql, List<LoggedDecision> rows)
            throws SQLException {
        new Columns<LoggedDecision>()
                .text(row -> row.decision().loop())
                .text(row -> row.decision().eventId())
                .text(row -> row.decision().time().toString())
                .number(row -> row.decision().modelVersion())
                .text(row -> action(row.decision()))
                .flag(row -> row.decision().deferred())
                .number(row ->
                        row.position() == null ? null : (long) row.position().partition())
                .number(row -> row.position() == null ? null : row.position().offset())
                .text(LoggedDecision::body)
                .execute(connection, sql, rows);
    }

    private static void insertRewards(Connection connection, List<LoggedReward> rows) throws SQLException {
        new Columns<LoggedReward>()
                .text(row -> row.reward().loop())
                .text(row -> row.reward().eventId())
                .text(LoggedReward::identity)
                .text(row -> row.reward().slot())
                .real(row -> row.reward().value())
                .text(row -> row.reward().time().toString())
                .text(row -> storable(row.reward()))
                .execute(connection, Inserts.REWARDS, rows);
    }

    private static void insertFeedback(Connection connection, List<LoggedFeedback> rows) throws SQLException {
        new Columns<LoggedFeedback>()
                .text(LoggedFeedback::loop)
                .text(LoggedFeedback::eventId)
                .number(row -> (long) row.revision())
                .text(row -> Words.of(row.status()))
                .real(LoggedFeedback::reward)
                .flag(LoggedFeedback::imported)
                .text(row -> row.closedAt().toString())
                .text(LoggedFeedback::body)
                .execute(connection, Inserts.FEEDBACK, rows);
        List<Feedback> imported = rows.stream()
                .filter(LoggedFeedback::imported)
                .map(row -> Json.read(row.body(), Feedback.class))
                .toList();
        if (!imported.isEmpty()) {
            insertImported(connection, imported);
        }
    }

    private static void insertImported(Connection connection, List<Feedback> imported) throws SQLException {
        List<LoggedDecision> decisions = imported.stream()
                .map(feedback -> new LoggedDecision(feedback.decision(), Json.text(feedback.decision()), null))
                .toList();
        insertDecisions(connection, Inserts.DECISIONS, decisions);
        List<LoggedReward> rewards = imported.stream()
                .flatMap(feedback -> feedback.rewards().stream())
                .map(reward -> new LoggedReward(reward, reward.rewardId()))
                .toList();
        insertRewards(connection, rewards);
    }

    private static void insertFates(Connection connection, List<Fate> fates) throws SQLException {
        Map<Position, Fate> last = new LinkedHashMap<>();
        fates.forEach(fate -> last.put(fate.position(), fate));
        Collection<Fate> rows = last.values();
        new Columns<Fate>()
                .text(fate -> fate.position().topic())
                .number(fate -> (long) fate.position().partition())
                .number(fate -> fate.position().offset())
                .text(Fate::loop)
                .text(Fate::eventId)
                .text(fate -> Words.of(fate.kind()))
                .text(fate -> fate.time().toString())
                .execute(connection, Inserts.FATES, List.copyOf(rows));
        for (Fate fate : rows) {
            if (fate.kind() == FateKind.CONFLICTING) {
                restoreWinner(connection, fate);
            }
        }
    }

    /**
     * Of two decisions, the join's is the one that counts. Where the two stood on different partitions, the other one may have
     * landed first. The position kept is the loser's, so that a repetition finds nothing left to do.
     */
    private static void restoreWinner(Connection connection, Fate fate) throws SQLException {
        String body = StorableJson.of(fate.decision());
        LoggedDecision winner = new LoggedDecision(Json.read(fate.decision(), Decision.class), body, fate.position());
        insertDecisions(connection, Inserts.WINNING_DECISIONS, List.of(winner));
    }

    private static String action(Decision decision) {
        return decision.slots().stream()
                .filter(slot -> slot.name().equals(SlotDecision.MAIN))
                .findFirst()
                .or(() -> decision.slots().stream().findFirst())
                .map(slot -> StorableJson.storable(slot.action()))
                .orElse(null);
    }

    private static LoggedFeedback mended(LoggedFeedback row) {
        return new LoggedFeedback(
                row.loop(),
                row.eventId(),
                row.revision(),
                row.status(),
                row.reward(),
                row.imported(),
                row.closedAt(),
                StorableJson.of(row.body()));
    }

    /** Small documents are not worth a second try. */
    private static String storable(Object small) {
        String json = Json.text(small);
        return json.contains("\\u") ? StorableJson.of(json) : json;
    }
}
