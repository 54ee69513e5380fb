package io.leeway.training.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.SampledScorer;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.core.promotion.RecordedAnswer;
import io.leeway.core.promotion.ServingGate;
import io.leeway.core.promotion.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bandit's model learns when only the rewards of what was taken are known, and what it says of its doubt. */
class BanditLearningTest {
    private static final List<Action> TWO = List.of(Action.of("safe"), Action.of("risky"));

    @TempDir
    Path folder;

    /** Risky pays where x > 0, less and less towards 1, and nothing elsewhere: a line cannot say that. Safe always pays a half. */
    private static double expected(int action, double x) {
        return action == 0 ? 0.5 : x > 0 ? 1 - 0.4 * x : 0;
    }

    /** The logging policy knows: it takes risky nearly always where that pays, and hardly ever elsewhere. */
    private static List<TrainingRow> biasedLog(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TrainingRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = 2 * random.nextDouble() - 1;
            double risky = x > 0 ? 0.9 : 0.06;
            int chosen = random.nextDouble() < risky ? 1 : 0;
            double reward = expected(chosen, x) + 0.1 * random.nextGaussian();
            rows.add(Rows.row(i, Map.of("x", x), TWO, chosen, chosen == 1 ? risky : 1 - risky, reward));
        }
        return rows;
    }

    private static double value(Scorer scorer) {
        double sum = 0;
        for (int i = 0; i < 2000; i++) {
            double x = (i + 0.5) / 1000 - 1;
            double[] scores = scorer.score(Map.of("x", x), TWO);
            sum += expected(scores[1] > scores[0] ? 1 : 0, x);
        }
        return sum / 2000;
    }

    private static Hyperparameters linear(String target) {
        return new Hyperparameters("linear", List.of(), 1, 64, 0.01, 1e-3, 1, 0.1)
                .withBandit(new BanditLearning(target, BanditLearning.NONE, 2));
    }

    @Test
    void doublyRobustTargetsBeatDirectOnesWhereTheLogIsBiasedAndTheModelIsTooSimple() {
        for (long seed = 1; seed <= 3; seed++) {
            List<TrainingRow> rows = biasedLog(4000, seed);
            double direct = value(Scorers.of(Rows.artifact(Rows.spec(folder, rows, linear("direct")))));
            double robust = value(Scorers.of(Rows.artifact(Rows.spec(folder, rows, linear("doublyRobust")))));
            // Always safe earns .5, the best policy .65; the line through what was logged says risky pays most where it
            // pays nothing.
            assertThat(direct).as("direct, seed %d", seed).isLessThan(0.52);
            assertThat(robust).as("doubly robust, seed %d", seed).isGreaterThan(0.6);
        }
    }

    @Test
    void doublyRobustTargetsAreRightOnAverageOverAllContexts() {
        List<TrainingRow> rows = biasedLog(6000, 4);
        TrainingSpec spec = Rows.spec(folder, rows, linear("direct"));
        RowSource source = RowSource.of(spec.file());
        Design design = Encoding.learn(source, true, rows.size(), true);
        source.read(0, rows.size(), (row, i) -> design.add(row));
        LinearLearner learner = new LinearLearner();
        DoublyRobustTargets.Expanded expanded = DoublyRobustTargets.of(
                source, design, 5000, 6000, Weighting.EQUAL, Rows.START, part -> scorer(learner, part));
        assertThat(expanded.design().rows()).isEqualTo(12_000);
        assertThat(expanded.trainRows()).isEqualTo(10_000);
        double[] sums = new double[2];
        for (int row = 0; row < expanded.design().rows(); row++) {
            sums[expanded.design().output(row)] += expanded.design().target(row) / rows.size();
        }
        // Heads are in the order of their names. Risky's true mean is .4; the mean of what was logged of it is nearly
        // .8.
        // Errors of the two lines are at most about 1 and weights at most 17: a standard error of .02.
        assertThat(sums[0]).isBetween(0.34, 0.46);
        assertThat(sums[1]).isBetween(0.48, 0.52);
        double logged = rows.stream()
                .filter(row -> row.chosen() == 1)
                .mapToDouble(TrainingRow::reward)
                .average()
                .orElseThrow();
        assertThat(logged).isGreaterThan(0.7);
    }

    private Scorer scorer(Learner learner, DoublyRobustTargets.Part part) {
        Fit fit = learner.fit(part.design(), part.trainRows(), linear("direct"), (epoch, epochs, a, b) -> {});
        List<String> heads = part.design().heads();
        return new Scorer() {
            private final io.leeway.core.features.FeatureEncoder encoder =
                    new io.leeway.core.features.FeatureEncoder(part.design().spec());

            @Override
            public double[] score(Map<String, ?> context, List<Action> actions) {
                double[] outputs = fit.forward().outputs(encoder.encode(context));
                return actions.stream()
                        .mapToDouble(action -> outputs[heads.indexOf(action.id())])
                        .toArray();
            }

            @Override
            public double predict(Map<String, ?> context) {
                throw new IllegalStateException();
            }
        };
    }

    /** Ten actions whose rewards are lines in two numbers, with much noise: what has been tried little may still be the best. */
    private static final class Lines {
        static final int ACTIONS = 10;
        final double[][] lines = new double[ACTIONS][3];
        final List<Action> actions = new ArrayList<>();
        final SplittableRandom random;

        Lines(long seed) {
            random = new SplittableRandom(seed);
            for (int a = 0; a < ACTIONS; a++) {
                actions.add(Action.of("a" + a));
                for (int i = 0; i < 3; i++) {
                    lines[a][i] = 0.4 * random.nextGaussian();
                }
            }
        }

        double expected(int action, double[] x) {
            return lines[action][0] + lines[action][1] * x[0] + lines[action][2] * x[1];
        }
    }

    /** Regret per decision of a loop that trains again after every round, from all that it has seen. */
    private double regret(long seed, String posterior, Exploration exploration) {
        Lines world = new Lines(seed);
        Policy policy = Policy.uniform();
        List<TrainingRow> rows = new ArrayList<>();
        double regret = 0;
        for (int round = 0; round < 15; round++) {
            for (int i = 0; i < 80; i++) {
                double[] x = {2 * world.random.nextDouble() - 1, 2 * world.random.nextDouble() - 1};
                Map<String, Object> context = Map.of("x", x[0], "y", x[1]);
                var distribution = policy.distribution(context, world.actions);
                int chosen = distribution.sample(world.random.nextDouble());
                double best = Double.NEGATIVE_INFINITY;
                for (int a = 0; a < Lines.ACTIONS; a++) {
                    best = Math.max(best, world.expected(a, x));
                }
                regret += best - world.expected(chosen, x);
                double reward = world.expected(chosen, x) + 0.5 * world.random.nextGaussian();
                double probability = distribution.probability(chosen);
                rows.add(Rows.row(rows.size(), context, world.actions, chosen, probability, reward));
            }
            Hyperparameters wanted = new Hyperparameters("dl4j", List.of(16), 15, 32, 0.01, 1e-4, seed, 0.02)
                    .withBandit(new BanditLearning(BanditLearning.DIRECT, posterior, 24));
            policy = new Policy(Scorers.of(Rows.artifact(Rows.spec(folder, rows, wanted))), exploration, 0);
        }
        return regret / rows.size();
    }

    @Test
    void modelsThatKnowTheirDoubtExploreAtLessRegretThanATenthAtRandom() {
        Map<String, Double> regrets = new HashMap<>();
        for (long seed = 1; seed <= 5; seed++) {
            regrets.merge("epsilon", regret(seed, "none", Exploration.of("epsilonGreedy", Map.of())), Double::sum);
            regrets.merge("thompson", regret(seed, "lastLayer", Exploration.of("thompson", Map.of())), Double::sum);
            regrets.merge("ucb", regret(seed, "lastLayer", Exploration.of("ucb", Map.of("beta", 1.0))), Double::sum);
            regrets.merge("ensemble", regret(seed, "ensemble", Exploration.of("thompson", Map.of())), Double::sum);
        }
        System.out.println("regret over 5 worlds: " + regrets);
        assertThat(regrets.get("thompson")).isLessThan(regrets.get("epsilon"));
        assertThat(regrets.get("ucb")).isLessThan(regrets.get("epsilon"));
        assertThat(regrets.get("ensemble")).isLessThan(regrets.get("epsilon"));
    }

    @Test
    void doubtIsLargerWhereLessWasSeenAndFallsAsTheRootOfTheRows() {
        SplittableRandom random = new SplittableRandom(5);
        List<TrainingRow> rows = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            double x = 2 * random.nextDouble() - 1;
            int chosen = i % 40 == 0 ? 1 : 0;
            double reward = (chosen == 1 ? x : -x) + 0.3 * random.nextGaussian();
            rows.add(Rows.row(i, Map.of("x", x), TWO, chosen, chosen == 1 ? 0.025 : 0.975, reward));
        }
        Hyperparameters wanted = new Hyperparameters("dl4j", List.of(8), 15, 64, 0.01, 1e-4, 1, 0.1)
                .withBandit(new BanditLearning(BanditLearning.DIRECT, BanditLearning.LAST_LAYER, 256));
        SampledScorer scorer = (SampledScorer) Scorers.of(Rows.artifact(Rows.spec(folder, rows, wanted)));
        double[][] samples = scorer.samples(Map.of("x", 0.5), TWO);
        double often = deviation(samples, 0);
        double seldom = deviation(samples, 1);
        // 39 times as many rows: about 6.2 times less doubt, were the hidden values spread alike.
        assertThat(seldom / often).isBetween(3.0, 12.0);
        // A regression on d values knows its line within noise * sqrt(d / rows): between one and all eight of them.
        assertThat(often).isBetween(0.3 * Math.sqrt(1 / 3510.0) / 2, 0.3 * Math.sqrt(9 / 3510.0) * 2);
        assertThat(scorer.score(Map.of("x", 0.5), TWO)[0]).isBetween(-0.6, -0.4);
    }

    private static double deviation(double[][] samples, int action) {
        double mean = SampledScorer.means(samples)[action];
        double squares = 0;
        for (double[] sample : samples) {
            squares += (sample[action] - mean) * (sample[action] - mean);
        }
        return Math.sqrt(squares / samples.length);
    }

    @Test
    void predictorsAnswerAsTheTrainerDoesWhateverTheDoubtIsMadeOf() {
        for (String posterior : List.of("lastLayer", "ensemble")) {
            for (boolean features : List.of(false, true)) {
                List<TrainingRow> rows = rows(features);
                Hyperparameters wanted = new Hyperparameters("dl4j", List.of(8, 6), 4, 64, 0.01, 1e-4, 1, 0.2)
                        .withBandit(new BanditLearning(BanditLearning.DIRECT, posterior, 7));
                TrainingSpec spec = Rows.spec(folder, rows, wanted);
                TrainingReport report = Rows.train(spec);
                Artifact artifact = TrainCandidate.read(spec.artifact());
                Verdict verdict = new ServingGate(Duration.ofMinutes(1), System::nanoTime)
                        .judge(
                                artifact.toBytes(),
                                report.probes().stream()
                                        .map(probe -> new RecordedAnswer(
                                                rows.get(probe.row()).judged(), probe.scores()))
                                        .toList());
                assertThat(verdict.passed())
                        .as(posterior + ": " + verdict.reason())
                        .isTrue();
                SampledScorer scorer = (SampledScorer) Scorers.of(artifact);
                assertThat(scorer.samples(Map.of("x", 0.1), rows.get(0).actions()))
                        .hasDimensions(7, 2);
            }
        }
    }

    private static List<TrainingRow> rows(boolean features) {
        SplittableRandom random = new SplittableRandom(6);
        List<Action> actions =
                features ? List.of(new Action("p", Map.of("size", 1.0)), new Action("q", Map.of("size", 3.0))) : TWO;
        List<TrainingRow> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            double x = 2 * random.nextDouble() - 1;
            int chosen = random.nextInt(2);
            rows.add(Rows.row(i, Map.of("x", x), actions, chosen, 0.5, chosen == 1 ? x : -x));
        }
        return rows;
    }
}
