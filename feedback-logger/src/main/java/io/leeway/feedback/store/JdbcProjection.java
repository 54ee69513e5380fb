package io.leeway.feedback.store;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.leeway.feedback.Fate;
import io.leeway.feedback.FateKind;
import io.leeway.feedback.LoggedActivation;
import io.leeway.feedback.LoggedDecision;
import io.leeway.feedback.LoggedFeedback;
import io.leeway.feedback.LoggedReward;
import io.leeway.feedback.Position;
import io.leeway.feedback.Projection;
import io.leeway.feedback.Reach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Writes the projection's rows. Thread safe. */
class JdbcProjection implements Projection {
    private static final Landing.Kind<LoggedDecision> DECISIONS = new Landing.Kind<>(
            LoggedDecision::time, row -> row.withBody(StorableJson.of(row.body())), JdbcProjection::insertDecisions);
    private static final Landing.Kind<LoggedFeedback> FEEDBACK =
            new Landing.Kind<>(LoggedFeedback::time, JdbcProjection::mended, JdbcProjection::insertFeedback);
    private static final Landing.Kind<Fate> FATES = new Landing.Kind<>(
            JdbcProjection::time,
            UnaryOperator.identity(),
            fate -> fate.kind() == FateKind.CONFLICTING,
            JdbcProjection::insertFates);

    private static final Landing.Kind<Given> GIVEN =
            new Landing.Kind<>(Given::time, UnaryOperator.identity(), JdbcProjection::insertGiven);

    /** One of the two. */
    private record Given(LoggedReward reward, LoggedActivation activation) {
        Instant time() {
            return reward != null
                    ? reward.reward().time()
                    : activation.activation().time();
        }
    }

    private final Landing landing;

    JdbcProjection(DataSource database, Tables tables) {
        this.landing = new Landing(database, tables);
    }

    @Override
    public List<Unstorable> landDecisions(List<LoggedDecision> decisions, Reach reach) {
        return landing.land(decisions, DECISIONS, reach);
    }

    @Override
    public List<Unstorable> landRewards(List<LoggedReward> rewards, List<LoggedActivation> activations, Reach reach) {
        List<Given> rows = new ArrayList<>(rewards.size() + activations.size());
        rewards.forEach(reward -> rows.add(new Given(reward, null)));
        activations.forEach(activation -> rows.add(new Given(null, activation)));
        return landing.land(rows, GIVEN, reach);
    }

    @Override
    public List<Unstorable> landFeedback(List<LoggedFeedback> feedback, Reach reach) {
        return landing.land(feedback, FEEDBACK, reach);
    }

    @Override
    public List<Unstorable> landFates(List<Fate> fates, Reach reach) {
        return landing.land(fates, FATES, reach);
    }

    private static void insertDecisions(Connection connection, List<LoggedDecision> rows) throws SQLException {
        Columns<LoggedDecision> columns = new Columns<LoggedDecision>()
                .text(LoggedDecision::loop)
                .text(LoggedDecision::eventId)
                .time(LoggedDecision::time)
                .number(LoggedDecision::modelVersion)
                .text(row -> row.action() == null ? null : StorableJson.storable(row.action()))
                .flag(LoggedDecision::deferred)
                .number(row ->
                        row.position() == null ? null : (long) row.position().partition())
                .number(row -> row.position() == null ? null : row.position().offset())
                .text(LoggedDecision::body);
        EventRows.decide(connection, columns, rows);
    }

    private static void insertGiven(Connection connection, List<Given> rows) throws SQLException {
        List<LoggedReward> rewards =
                rows.stream().map(Given::reward).filter(Objects::nonNull).toList();
        List<LoggedActivation> activations =
                rows.stream().map(Given::activation).filter(Objects::nonNull).toList();
        if (!rewards.isEmpty()) {
            insertRewards(connection, rewards);
        }
        if (!activations.isEmpty()) {
            insertActivations(connection, activations);
        }
    }

    private static void insertRewards(Connection connection, List<LoggedReward> rows) throws SQLException {
        EventRows.know(
                connection,
                rows,
                row -> row.reward().loop(),
                row -> row.reward().eventId(),
                row -> row.reward().time());
        new Columns<LoggedReward>()
                .text(row -> row.reward().loop())
                .text(row -> row.reward().eventId())
                .text(LoggedReward::identity)
                .text(row -> row.reward().slot())
                .real(row -> row.reward().value())
                .time(row -> row.reward().time())
                .text(row -> storable(row.reward()))
                .execute(connection, Inserts.REWARDS, rows);
    }

    private static void insertActivations(Connection connection, List<LoggedActivation> rows) throws SQLException {
        EventRows.know(
                connection,
                rows,
                row -> row.activation().loop(),
                row -> row.activation().eventId(),
                row -> row.activation().time());
        new Columns<LoggedActivation>()
                .text(row -> row.activation().loop())
                .text(row -> row.activation().eventId())
                .text(row -> row.position().toString())
                .time(row -> row.activation().time())
                .text(row -> storable(row.activation()))
                .execute(connection, Inserts.ACTIVATIONS, rows);
    }

    private static void insertFeedback(Connection connection, List<LoggedFeedback> rows) throws SQLException {
        List<LoggedFeedback> imported =
                rows.stream().filter(LoggedFeedback::imported).toList();
        if (!imported.isEmpty()) {
            insertImported(connection, imported);
        }
        EventRows.know(connection, rows, LoggedFeedback::loop, LoggedFeedback::eventId, LoggedFeedback::time);
        new Columns<LoggedFeedback>()
                .text(LoggedFeedback::loop)
                .text(LoggedFeedback::eventId)
                .number(row -> (long) row.revision())
                .time(LoggedFeedback::time)
                .text(row -> Words.of(row.status()))
                .real(LoggedFeedback::reward)
                .flag(LoggedFeedback::imported)
                .time(LoggedFeedback::closedAt)
                .number(row -> (long) row.position().partition())
                .number(row -> row.position().offset())
                .text(LoggedFeedback::body)
                .execute(connection, Inserts.FEEDBACK, rows);
    }

    /** The rewards of a document of feedback. */
    private record Rewards(List<Reward> rewards) {}

    private static void insertImported(Connection connection, List<LoggedFeedback> imported) throws SQLException {
        List<LoggedDecision> decisions = imported.stream()
                .map(row -> LoggedDecision.of(Json.read(row.decision(), Decision.class), row.decision(), null))
                .toList();
        insertDecisions(connection, decisions);
        List<LoggedReward> rewards = imported.stream()
                .flatMap(row -> Json.read(row.body(), Rewards.class).rewards().stream())
                .map(reward -> new LoggedReward(reward, reward.rewardId()))
                .toList();
        insertRewards(connection, rewards);
    }

    private static void insertFates(Connection connection, List<Fate> fates) throws SQLException {
        Map<Position, Fate> last = new LinkedHashMap<>();
        fates.forEach(fate -> last.put(fate.position(), fate));
        List<Fate> rows = List.copyOf(last.values());
        for (Fate fate : rows) {
            if (fate.kind() == FateKind.CONFLICTING) {
                restoreWinner(connection, fate);
            }
        }
        EventRows.know(connection, rows, Fate::loop, Fate::eventId, Fate::time);
        new Columns<Fate>()
                .text(fate -> fate.position().topic())
                .number(fate -> (long) fate.position().partition())
                .number(fate -> fate.position().offset())
                .text(Fate::loop)
                .text(Fate::eventId)
                .text(fate -> Words.of(fate.kind()))
                .time(Fate::time)
                .execute(connection, Inserts.FATES, rows);
    }

    /**
     * Of two decisions, the join's is the one that counts. Where the two stood on different partitions, the other one may have
     * landed first. The position kept is the loser's, so that a repetition comes to the same.
     */
    private static void restoreWinner(Connection connection, Fate fate) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Inserts.TAKE_BACK)) {
            statement.setString(1, fate.eventId());
            statement.setString(2, fate.loop());
            statement.setInt(3, fate.position().partition());
            statement.setLong(4, fate.position().offset());
            statement.executeUpdate();
        }
        insertDecisions(
                connection,
                List.of(LoggedDecision.of(winner(fate), StorableJson.of(fate.decision()), fate.position())));
    }

    private static Decision winner(Fate fate) {
        return Json.read(fate.decision(), Decision.class);
    }

    private static Instant time(Fate fate) {
        return fate.kind() == FateKind.CONFLICTING ? winner(fate).time() : fate.time();
    }

    private static LoggedFeedback mended(LoggedFeedback row) {
        return row.withDocuments(
                StorableJson.of(row.body()), row.decision() == null ? null : StorableJson.of(row.decision()));
    }

    /** Small documents are not worth a second try. */
    private static String storable(Object small) {
        String json = Json.text(small);
        return json.contains("\\u") ? StorableJson.of(json) : json;
    }
}
