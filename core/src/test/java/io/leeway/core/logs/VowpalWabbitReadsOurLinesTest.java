package io.leeway.core.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leeway.core.features.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vowpalwabbit.spark.VowpalWabbitNative;
import org.vowpalwabbit.spark.VowpalWabbitPerformanceStatistics;
import vowpalWabbit.responses.ActionProbs;

/** Vowpal Wabbit's own parser and learner on lines that we write, where its native library loads (Linux on x86-64). */
class VowpalWabbitReadsOurLinesTest {
    private static final String ONE = "--quiet --cb_explore_adf --dsjson";
    private static final String SLOTS = "--quiet --ccb_explore_adf --dsjson";
    private static final List<Action> ACTIONS = List.of(
            Action.of("politics"),
            new Action("sports \"é\"", Map.of("size", 2L, "j", List.of(Map.of("deep", true)))),
            new Action("TAction", Map.of("TAction", Map.of("id", "TAction", "words", List.of("a", "b")))));

    @BeforeAll
    static void loads() {
        boolean loaded = true;
        String why = "";
        try {
            new VowpalWabbitNative(ONE).close();
        } catch (LinkageError absent) {
            loaded = false;
            why = absent.toString();
        }
        assumeTrue(loaded, "skipped: Vowpal Wabbit's native library does not load: " + why);
    }

    @Test
    void everyLineIsParsedAndLearnedFrom() {
        Random random = new Random(20261121);
        List<String> lines = lines(random, 500);
        VowpalWabbitPerformanceStatistics learned = learn(ONE, lines);
        assertThat(learned.getNumberOfExamplesPerPass()).isEqualTo(500);
        assertThat(learned.getAverageLoss()).isFinite().isNotZero();
        long features = features(ONE, lines.get(0));
        assertThat(features).as("context and actions").isGreaterThan(10);
        assertThat(learned.getTotalNumberOfFeatures()).isEqualTo(500 * features);
        List<String> broken = new ArrayList<>(lines);
        broken.set(3, lines.get(3).substring(0, 200));
        assertThat(learn(ONE, broken).getTotalNumberOfFeatures())
                .as("a line that is not parsed has no features, so the counts above can fail")
                .isLessThan(499 * features + 5);
    }

    @Test
    void learnsWhatTheLogSays() {
        Random random = new Random(20261122);
        String[] choices = {"politics", "sports \"é\""};
        try (VowpalWabbitNative vw = new VowpalWabbitNative(ONE + " --epsilon 0.01 -q ui")) {
            lines(random, 2000).forEach(vw::learnFromString);
            for (int user = 0; user < 2; user++) {
                ActionProbs told = (ActionProbs) vw.predictFromString(Dsjson.write(event(user, 0, 0, 0, true)));
                assertThat(ACTIONS.get(told.getActionProbs()[0].getAction()).id())
                        .as("what this user's rewards were for")
                        .isEqualTo(choices[user]);
            }
        }
    }

    @Test
    void whatWasDroppedCountsOnce() {
        List<String> lines = List.of(Dsjson.write(event(0, 0, 1, 0.75, true)), Dsjson.write(event(1, 0, 1, 0, true)));
        assertThat(learn(ONE, lines).getWeightedExampleSum()).isEqualTo(4 + 1);
    }

    @Test
    void whatWasNotActivatedIsNotLearnedFrom() {
        assertThat(features(ONE, Dsjson.write(event(0, 0, 1, 0, false))))
                .isLessThan(features(ONE, Dsjson.write(event(0, 0, 1, 0, true))));
    }

    @Test
    void slotsAreParsedAndLearnedFrom() {
        LoggedSlot top = new LoggedSlot(
                "top",
                Map.of("size", 2L),
                List.of(1, 0, 2),
                0.5,
                List.of(0.5, 0.3, 0.2),
                1,
                1,
                List.of(Outcome.reward(1)));
        LoggedSlot side = new LoggedSlot("side", Map.of(), List.of(2, 0), 0.25, List.of(0.25, 0.75), 0, 0, List.of());
        LoggedEvent event =
                new LoggedEvent("e", "", Map.of("user", Map.of("age", 3L)), ACTIONS, List.of(top, side), "", 0, true);
        String line = Dsjson.write(event);
        long features = features(SLOTS, line);
        assertThat(features).isGreaterThan(20);
        VowpalWabbitPerformanceStatistics learned =
                learn(SLOTS, IntStream.range(0, 50).mapToObj(i -> line).toList());
        assertThat(learned.getNumberOfExamplesPerPass()).isEqualTo(50);
        assertThat(learned.getTotalNumberOfFeatures()).isEqualTo(50 * features);
        assertThat(learned.getAverageLoss()).isFinite().isNegative();
        assertThat(Dsjson.write(Dsjson.readEvent(line))).isEqualTo(line);
    }

    /** Uniform choices; the one user likes the first action, the other the second. */
    private static List<String> lines(RandomGenerator random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    int user = random.nextInt(2);
                    int chosen = random.nextInt(3);
                    return Dsjson.write(event(user, chosen, chosen == user ? 1 : 0, 0, true));
                })
                .toList();
    }

    private static LoggedEvent event(int user, int chosen, double reward, double dropped, boolean learnable) {
        List<Integer> ranking = new ArrayList<>(List.of(chosen));
        IntStream.range(0, 3).filter(i -> i != chosen).forEach(ranking::add);
        LoggedSlot slot = new LoggedSlot(
                LoggedSlot.MAIN,
                Map.of(),
                ranking,
                1 / 3.0,
                List.of(1 / 3.0, 1 / 3.0, 1 / 3.0),
                reward,
                reward,
                List.of(Outcome.reward(reward)));
        return new LoggedEvent(
                "e-" + user + "-" + chosen,
                "2026-01-01T00:00:00.0000000Z",
                Map.of(
                        "user",
                        Map.of("name", "user" + user, "lists", List.of(List.of(1L, 2L), List.of("x", true))),
                        "hour",
                        5.5,
                        "vector",
                        List.of(0.5, 1L)),
                ACTIONS,
                List.of(slot),
                "news/3",
                dropped,
                learnable);
    }

    private static long features(String command, String line) {
        return learn(command, List.of(line)).getTotalNumberOfFeatures();
    }

    private static VowpalWabbitPerformanceStatistics learn(String command, List<String> lines) {
        try (VowpalWabbitNative vw = new VowpalWabbitNative(command)) {
            lines.forEach(vw::learnFromString);
            vw.endPass();
            return vw.getPerformanceStatistics();
        }
    }
}
