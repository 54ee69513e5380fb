package io.leeway.feedback.store;

import static io.leeway.feedback.Reach.NOWHERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.Erasure;
import io.leeway.contracts.rest.ErasureRequest;
import io.leeway.contracts.rest.EventFilter;
import io.leeway.contracts.rest.LoopVersions.VersionCount;
import io.leeway.contracts.rest.Snapshot;
import io.leeway.feedback.Position;
import io.leeway.feedback.Reach;
import io.leeway.feedback.Retention;
import io.leeway.feedback.Shadow;
import io.leeway.feedback.kafka.Samples;
import io.leeway.kit.EventIds;
import io.leeway.kit.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searching, pinning, erasing, dropping and exchanging rows. */
class KeepingTest {
    private static final String LOOP = "keeping";
    private static final Instant START = Instant.parse("2018-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2018-06-01T00:00:00Z"), ZoneOffset.UTC);

    private static final Duration GONE_AFTER = Duration.ofDays(30);

    private static TestDatabase database;
    private final JdbcProjection projection = new JdbcProjection(database.source(), Tables.LIVE);
    private final StoredSnapshots snapshots =
            new StoredSnapshots(database.source(), new EventIds(CLOCK, new Random(1)), CLOCK);
    private final StoredErasures erasures =
            new StoredErasures(database.source(), (loop, at) -> Optional.of(at.plus(GONE_AFTER)), CLOCK);
    private final EventSearch search = new EventSearch(database.source());
    private final JdbcRetention retention = new JdbcRetention(database.source());
    private final Shadows shadows = new Shadows(database.source());
    private long offset;

    @BeforeAll
    static void migrate() {
        database = new TestDatabase("keeping");
    }

    @BeforeEach
    void empty() {
        database.empty(LOOP);
        database.execute("delete from projection.landed");
        database.execute("delete from projection.erased_event");
    }

    /** One decision a day; each has matched feedback, but every tenth has none. */
    private List<Decision> land(int days) {
        List<Decision> decisions = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            String action = day % 3 == 0 ? "b" : "a";
            decisions.add(Samples.decision(LOOP, "e" + day, START.plus(Duration.ofDays(day)), action, false));
        }
        for (Decision decision : decisions) {
            long at = offset++;
            Reach reach =
                    Reach.of(List.of(new Position(Topics.DECISIONS, 0, at), new Position(Topics.FEEDBACK, 0, at)));
            projection.landDecisions(List.of(Rows.decision(decision, at)), reach);
            if (decisions.indexOf(decision) % 10 != 9) {
                projection.landFeedback(List.of(Rows.feedback(decision, 1, 0.5, false, at)), NOWHERE);
            }
        }
        return decisions;
    }

    private void correct(Decision decision, double reward) {
        long at = offset++;
        projection.landFeedback(
                List.of(Rows.feedback(decision, 2, reward, false, at)),
                Reach.of(List.of(new Position(Topics.FEEDBACK, 0, at))));
    }

    private List<String> found(EventFilter filter) {
        List<String> ids = new ArrayList<>();
        PageKey after = null;
        List<EventSearch.Found> page;
        do {
            page = search.find(LOOP, filter, 4, after);
            page.forEach(found -> ids.add(found.eventId()));
            after = page.isEmpty() ? null : page.get(page.size() - 1).key();
        } while (page.size() == 4);
        return ids;
    }

    @Test
    void findsEventsByTimeVersionActionStatusAndContextPageByPage() {
        List<Decision> decisions = land(30);
        correct(decisions.get(7), 0.9);
        assertThat(found(EventFilter.ALL)).hasSize(30).startsWith("e29", "e28").endsWith("e1", "e0");
        Instant from = START.plus(Duration.ofDays(6));
        Instant to = START.plus(Duration.ofDays(8));
        assertThat(found(new EventFilter(from, to, null, null, null, null))).containsExactly("e7", "e6");
        assertThat(found(new EventFilter(null, null, 3L, null, null, null))).hasSize(30);
        assertThat(found(new EventFilter(null, null, 4L, null, null, null))).isEmpty();
        assertThat(found(new EventFilter(null, null, null, "b", null, null))).hasSize(10);
        assertThat(found(new EventFilter(null, null, null, null, "matched", null)))
                .hasSize(26);
        assertThat(found(new EventFilter(null, null, null, null, "corrected", null)))
                .containsExactly("e7");
        assertThat(found(new EventFilter(null, null, null, null, "open", null))).containsExactly("e29", "e19", "e9");
        assertThat(found(new EventFilter(from, to, null, null, "corrected", null)))
                .containsExactly("e7");
        assertThat(found(inContext("user", "u1"))).hasSize(30);
        assertThat(found(inContext("user", "u2"))).isEmpty();
        assertThat(found(inContext("age", "31"))).hasSize(30);
        assertThat(found(inContext("age", 31))).hasSize(30);
        assertThat(found(inContext("age.of", 31))).isEmpty();
    }

    private static EventFilter inContext(String path, Object value) {
        return new EventFilter(null, null, null, null, null, Map.of(path, value));
    }

    @Test
    void saysWhichVersionAnsweredWhen() {
        land(3);
        var versions = search.versions(LOOP, START.plus(Duration.ofHours(30)));
        assertThat(versions.modelVersion()).isEqualTo(3);
        assertThat(versions.decidedAt()).isEqualTo(START.plus(Duration.ofDays(1)));
        assertThat(versions.lately()).singleElement().satisfies(count -> assertThat(count.decisions())
                .isEqualTo(2));
        assertThat(versions.versions()).singleElement().satisfies(count -> assertThat(count.decisions())
                .isEqualTo(3));
        assertThat(search.versions(LOOP, START.minusSeconds(1)).modelVersion()).isNull();
    }

    private String rows(Snapshot snapshot) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        snapshots.write(snapshot, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String sha256(String text) {
        LineDigest digest = new LineDigest(OutputStream.nullOutputStream());
        text.lines().forEach(line -> digest.line(line, START));
        return digest.sha256();
    }

    @Test
    void aSnapshotGivesTheSameRowsWhateverComesLater() {
        List<Decision> decisions = land(20);
        correct(decisions.get(3), 0.7);
        Snapshot snapshot = snapshots.make(LOOP, new EventFilter(null, null, null, "b", null, null));
        String first = rows(snapshot);
        assertThat(snapshot.rows()).isEqualTo(6).isEqualTo(first.lines().count());
        assertThat(snapshot.sha256()).isEqualTo(sha256(first));
        assertThat(snapshot.firstTime()).isEqualTo(START);
        assertThat(first).contains("\"revision\": 2").contains("\"eventId\": \"e3\"");
        correct(decisions.get(6), -0.5);
        land(40);
        Snapshot again = snapshots.find(LOOP, snapshot.id()).orElseThrow();
        assertThat(again).isEqualTo(snapshot);
        assertThat(rows(again)).isEqualTo(first);
        assertThat(snapshots.make(LOOP, snapshot.query()).sha256()).isNotEqualTo(snapshot.sha256());
        assertThat(snapshots.page(LOOP, 1, null).snapshots()).hasSize(1);
        assertThat(snapshots.page(LOOP, 1, snapshots.page(LOOP, 1, null).next()).snapshots())
                .containsExactly(snapshot);
        assertThat(snapshots.delete(LOOP, snapshot.id())).isTrue();
        assertThat(snapshots.find(LOOP, snapshot.id())).isEmpty();
    }

    @Test
    void whatIsErasedStaysErasedAndTheLogDoesNotNameIt() {
        List<Decision> decisions = land(5);
        Snapshot snapshot = snapshots.make(LOOP, EventFilter.ALL);
        Erasure byId = erasures.erase(LOOP, new ErasureRequest(List.of("e2", "unknown"), null, null, "ticket 7"));
        assertThat(byId.events()).isEqualTo(2);
        assertThat(byId.rows()).isEqualTo(2);
        assertThat(byId.goneFromKafkaBy()).isEqualTo(byId.at().plus(GONE_AFTER));
        projection.landDecisions(List.of(Rows.decision(decisions.get(2), 2)), NOWHERE);
        correct(decisions.get(2), 0.7);
        assertThat(found(EventFilter.ALL)).containsExactly("e4", "e3", "e1", "e0");
        assertThat(snapshots.find(LOOP, snapshot.id()).orElseThrow().erased()).isEqualTo(1);
        assertThat(rows(snapshot).lines()).hasSize(4);
        Erasure byContext = erasures.erase(LOOP, new ErasureRequest(null, "user", "u1", null));
        assertThat(byContext.events()).isEqualTo(4);
        assertThat(byContext.selectedBy()).isEqualTo("user");
        assertThat(found(EventFilter.ALL)).isEmpty();
        assertThat(erasures.log(LOOP, 10, Long.MAX_VALUE)).startsWith(byContext, byId);
        assertThat(database.text("select string_agg(e::text, '') from projection.erasure e"))
                .doesNotContain("u1")
                .doesNotContain("e2,");
        assertThatThrownBy(() -> database.execute("delete from projection.erasure"))
                .hasRootCauseMessage("ERROR: append-only: erasure\n  Where: PL/pgSQL function"
                        + " projection.refuse_change() line 3 at RAISE");
    }

    @Test
    void dropsOldWeeksButNotWhatIsNamed() {
        land(28);
        Instant now = START.plus(Duration.ofDays(28));
        Snapshot held =
                snapshots.make(LOOP, new EventFilter(START, START.plus(Duration.ofDays(3)), null, null, null, null));
        database.execute("insert into projection.dataset values ('keeping', 1, 'd', '2018-01-09', '2018-01-10')");
        Retention.Dropped dropped = retention.drop(KeepingTest::twoDays, Set.of(LOOP), now);
        // Four weeks: the first is in the snapshot, the second a model's, the fourth has just ended.
        assertThat(dropped).isEqualTo(new Retention.Dropped(1, 1, 2));
        assertThat(found(EventFilter.ALL))
                .hasSize(21)
                .doesNotContain("e14", "e20")
                .contains("e13", "e21");
        assertThat(rows(held).lines()).hasSize((int) held.rows());
        projection.landDecisions(List.of(Rows.decision(LOOP, "e15", START.plus(Duration.ofDays(15)), 15)), NOWHERE);
        assertThat(found(EventFilter.ALL)).hasSize(21);
        snapshots.delete(LOOP, held.id());
        assertThat(retention.drop(KeepingTest::twoDays, Set.of(), now)).isEqualTo(new Retention.Dropped(2, 2, 0));
        assertThat(found(EventFilter.ALL)).hasSize(7);
        var versions = search.versions(LOOP, now);
        assertThat(versions.versions()).singleElement().satisfies(count -> {
            assertThat(count.decisions()).isEqualTo(28);
            assertThat(count.first()).isEqualTo(START);
        });
        assertThat(versions.decidedAt()).isEqualTo(START.plus(Duration.ofDays(27)));
    }

    @Test
    void saysWhichVersionAnsweredInAWeekThatIsGone() {
        for (int day = 0; day < 7; day++) {
            long version = day < 3 ? 1 : 2;
            Decision decision = Samples.decision(LOOP, "v" + day, START.plus(Duration.ofDays(day)), version);
            projection.landDecisions(List.of(Rows.decision(decision, day)), NOWHERE);
        }
        retention.drop(KeepingTest::twoDays, Set.of(LOOP), START.plus(Duration.ofDays(100)));
        assertThat(found(EventFilter.ALL)).isEmpty();
        var second = search.versions(LOOP, START.plus(Duration.ofDays(4)));
        assertThat(second.modelVersion()).isEqualTo(2);
        // Of the week only the first and the last decision of each version are known.
        assertThat(second.decidedAt()).isNull();
        assertThat(second.lately()).isEmpty();
        assertThat(second.versions())
                .extracting(VersionCount::modelVersion, VersionCount::decisions)
                .containsExactly(tuple(2L, 4L), tuple(1L, 3L));
        var first = search.versions(LOOP, START.plus(Duration.ofHours(60)));
        assertThat(first.modelVersion()).isEqualTo(1);
        assertThat(first.decidedAt()).isEqualTo(START.plus(Duration.ofDays(2)));
        assertThat(search.versions(LOOP, START.minusSeconds(1)).modelVersion()).isNull();
    }

    @Test
    void deletesTheRowsOfOneLoopWhereAnotherOneKeepsTheWeek() {
        land(7);
        projection.landDecisions(List.of(Rows.decision("keeping-longer", "other", START, 1)), NOWHERE);
        try {
            Retention.Dropped dropped =
                    retention.drop(KeepingTest::twoDays, Set.of(LOOP), START.plus(Duration.ofDays(100)));
            assertThat(dropped).isEqualTo(new Retention.Dropped(0, 1, 0));
            assertThat(found(EventFilter.ALL)).isEmpty();
            assertThat(search.find("keeping-longer", EventFilter.ALL, 10, null)).hasSize(1);
        } finally {
            database.empty("keeping-longer");
        }
    }

    private static Optional<Duration> twoDays(String loop) {
        return loop.equals(LOOP) ? Optional.of(Duration.ofDays(2)) : Optional.empty();
    }

    @Test
    void exchangesTheTablesAndKeepsWhatASnapshotNames() {
        List<Decision> decisions = land(15);
        Snapshot snapshot = snapshots.make(LOOP, EventFilter.ALL);
        String rows = rows(snapshot);
        erasures.erase(LOOP, new ErasureRequest(List.of("e14"), null, null, null));
        try (Shadow shadow = shadows.begin(LOOP)) {
            assertThatThrownBy(() -> shadows.begin(null)).isInstanceOf(ProblemException.class);
            assertThat(shadow.landed()).hasSize(2);
            Shadow.Change change = shadow.change(until -> {
                for (int i = 0; i < decisions.size(); i++) {
                    shadow.projection().landDecisions(List.of(Rows.decision(decisions.get(i), i)), NOWHERE);
                    if (i % 10 != 9) {
                        shadow.projection()
                                .landFeedback(List.of(Rows.feedback(decisions.get(i), 1, 0.5, false, i)), NOWHERE);
                    }
                }
            });
            assertThat(change.after()).isEqualTo(change.before());
            assertThat(change.after().tables().get(0).rows()).isEqualTo(14);
        }
        assertThat(found(EventFilter.ALL)).hasSize(14);
        assertThat(rows(snapshot).lines().toList())
                .isEqualTo(
                        rows.lines().filter(line -> !line.contains("\"e14\"")).toList());
    }

    @Test
    void aRebuildThatFailsLeavesTheRowsAndTheLandingAsTheyWere() {
        land(3);
        assertThatThrownBy(() -> {
                    try (Shadow shadow = shadows.begin(null)) {
                        shadow.change(until -> {
                            throw new IllegalStateException("broker away");
                        });
                    }
                })
                .hasMessage("broker away");
        projection.landDecisions(List.of(Rows.decision(LOOP, "later", START, 99)), NOWHERE);
        assertThat(found(EventFilter.ALL)).hasSize(4);
        assertThat(database.text("select count(*) from pg_namespace where nspname ~ '^projection_rows'"))
                .isEqualTo("1");
    }

    @Test
    void changesOverToTablesThatAreWhollyNew() {
        land(3);
        String before;
        try (Shadow shadow = shadows.begin(null)) {
            Shadow.Change change = shadow.change(
                    until -> shadow.projection().landDecisions(List.of(Rows.decision(LOOP, "new", START, 1)), NOWHERE));
            assertThat(change.after().sha256()).isNotEqualTo(change.before().sha256());
            before = change.after().sha256();
        }
        assertThat(found(EventFilter.ALL)).containsExactly("new");
        assertThat(shadows.hash(null).sha256()).isEqualTo(before);
        projection.landDecisions(List.of(Rows.decision(LOOP, "next", START.plus(Duration.ofDays(9)), 2)), NOWHERE);
        assertThat(found(EventFilter.ALL)).containsExactly("next", "new");
        assertThat(database.text("select count(*) from projection.newest_feedback"))
                .isEqualTo("0");
        assertThat(database.text("select count(*) from pg_namespace where nspname ~ '^projection_rows'"))
                .isEqualTo("1");
    }
}
