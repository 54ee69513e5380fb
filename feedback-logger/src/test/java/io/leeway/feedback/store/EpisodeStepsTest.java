package io.leeway.feedback.store;

import static io.leeway.feedback.Reach.NOWHERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Episode;
import io.leeway.feedback.Shadow;
import io.leeway.feedback.kafka.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps of episodes, wherever their decisions lie. */
class EpisodeStepsTest {
    private static final String LOOP = "walks";
    private static final Instant START = Instant.parse("2018-01-05T00:00:00Z");

    private static TestDatabase database;
    private final JdbcProjection projection = new JdbcProjection(database.source(), Tables.LIVE);
    private final EpisodeSteps steps = new EpisodeSteps(database.source());
    private long offset;

    @BeforeAll
    static void migrate() {
        database = new TestDatabase("episodes");
    }

    @BeforeEach
    void empty() {
        database.empty(LOOP);
    }

    /** One decision a day, so that an episode of some steps lies in two weeks. */
    private Decision land(String eventId, int day, String episode, int step, boolean terminal) {
        Instant time = START.plus(Duration.ofDays(day));
        Decision decision = Samples.decision(LOOP, eventId, time, new Episode(episode, step, terminal));
        projection.landDecisions(List.of(Rows.decision(decision, offset++)), NOWHERE);
        return decision;
    }

    private List<String> paged(int limit) {
        List<String> ids = new ArrayList<>();
        PageKey after = null;
        List<EpisodeSteps.Found> page;
        do {
            page = steps.find(LOOP, "w1", limit, after);
            page.forEach(found -> ids.add(found.step() + " " + found.eventId() + (found.terminal() ? " ends" : "")));
            after = page.isEmpty()
                    ? null
                    : PageKey.read(page.get(page.size() - 1).key().text());
        } while (page.size() == limit);
        return ids;
    }

    @Test
    void stepsComeInTheirOrderWhateverTheOrderOfTheirArrival() {
        Decision third = land("c", 4, "w1", 2, true);
        Decision second = land("b", 2, "w1", 1, false);
        Decision first = land("a", 0, "w1", 0, false);
        land("x", 0, "w2", 0, false);
        projection.landDecisions(List.of(Rows.decision(LOOP, "none", START, offset++)), NOWHERE);
        assertThat(paged(2)).containsExactly("0 a", "1 b", "2 c ends");
        assertThat(steps.extent(LOOP, "w1")).contains(new EpisodeSteps.Extent(3, 2, true));
        EpisodeSteps.Links links = steps.links(Stream.of(first, second, third));
        assertThat(links.after(first)).isEqualTo("b");
        assertThat(links.after(second)).isEqualTo("c");
        assertThat(links.after(third)).isNull();
        assertThat(steps.extent(LOOP, "nosuch")).isEmpty();
    }

    @Test
    void aStepThatIsMissingOrWasDecidedTwiceIsSaid() {
        Decision first = land("a", 0, "w1", 0, false);
        Decision again = land("a2", 1, "w1", 0, false);
        Decision fourth = land("d", 3, "w1", 3, false);
        assertThat(steps.extent(LOOP, "w1")).contains(new EpisodeSteps.Extent(2, 3, false));
        assertThat(paged(1)).containsExactly("0 a", "0 a2", "3 d");
        EpisodeSteps.Links links = steps.links(Stream.of(first, fourth));
        assertThat(links.after(first)).isNull();
        assertThat(links.after(fourth)).isNull();
        land("b2", 2, "w1", 1, false);
        land("b", 1, "w1", 1, false);
        assertThat(steps.links(Stream.of(first, again)).after(again)).isEqualTo("b");
    }

    @Test
    void whatFollowsATerminalStepIsNotItsNext() {
        Decision last = land("a", 0, "w1", 0, true);
        land("b", 1, "w1", 1, false);
        assertThat(steps.links(Stream.of(last)).after(last)).isNull();
    }

    @Test
    void tablesOfARebuildHaveTheIndexToo() {
        try (Shadow shadow = new Shadows(database.source()).begin(null)) {
            shadow.change(until -> shadow.projection()
                    .landDecisions(
                            List.of(Rows.decision(Samples.decision(LOOP, "a", START, new Episode("w1", 0, false)), 0)),
                            NOWHERE));
        }
        assertThat(paged(5)).containsExactly("0 a");
        assertThat(database.text("select count(*) from pg_indexes where schemaname = 'projection'"
                        + " and indexname = 'decision_by_episode'"))
                .isEqualTo("1");
    }

    @Test
    void pagesAreContinuedByWhatAPageOfAnEpisodeNamed() {
        PageKey ofEvents = new PageKey(START, "e1");
        assertThatThrownBy(() -> steps.find(LOOP, "w1", 1, ofEvents)).isInstanceOf(ContractViolation.class);
    }
}
