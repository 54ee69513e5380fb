package io.leeway.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.PredictionInterval;
import io.leeway.core.model.Provenance;
import io.leeway.core.promotion.RecordedAnswer;
import io.leeway.core.promotion.ServingGate;
import io.leeway.core.promotion.Verdict;
import io.leeway.training.learning.BanditLearning;
import io.leeway.training.learning.DatasetFile;
import io.leeway.training.learning.Hyperparameters;
import io.leeway.training.learning.Intervals;
import io.leeway.training.learning.NetworkEngine;
import io.leeway.training.learning.NetworkTraining;
import io.leeway.training.learning.PlainEngine;
import io.leeway.training.learning.ThisMachine;
import io.leeway.training.learning.TrainCandidate;
import io.leeway.training.learning.TrainingReport;
import io.leeway.training.learning.TrainingReport.Probe;
import io.leeway.training.learning.TrainingRow;
import io.leeway.training.learning.TrainingSpec;
import io.leeway.training.learning.Weighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains in this process on small data; what the service does in a child process is the same code. */
class TrainerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    /** Three ways to make columns and outputs. */
    private enum Shape {
        HEADS,
        JOINT,
        REGRESSION
    }

    @Test
    void predictorsAnswerAsDl4jDoesInEveryLayout() throws IOException {
        for (Shape shape : Shape.values()) {
            for (String learner : List.of("dl4j", "linear")) {
                TrainingSpec spec = spec(shape, learner, 600, 5);
                TrainingReport report = train(spec);
                Verdict verdict = serving(Files.readAllBytes(spec.artifact()), report.probes(), spec);
                assertThat(verdict.passed())
                        .as(shape + " " + learner + ": " + verdict.reason())
                        .isTrue();
                assertThat(report.probes()).hasSize(64);
                assertThat((Double) report.figures().get("rmse"))
                        .as("%s %s", shape, learner)
                        .isLessThan(0.8 * (Double) report.figures().get("meanRmse"));
            }
        }
    }

    @Test
    void theServingGateSeesOneWeightThatDiffers() throws IOException {
        TrainingSpec spec = spec(Shape.HEADS, "linear", 300, 5);
        TrainingReport report = train(spec);
        Probe first = report.probes().get(0);
        List<Double> scores = new ArrayList<>(first.scores());
        scores.set(1, scores.get(1) + 1e-4);
        Verdict verdict = serving(Files.readAllBytes(spec.artifact()), List.of(new Probe(first.row(), scores)), spec);
        assertThat(verdict.passed()).isFalse();
        byte[] torn = java.util.Arrays.copyOf(Files.readAllBytes(spec.artifact()), 200);
        assertThat(serving(torn, report.probes(), spec).passed()).isFalse();
    }

    /** Without a budget of time: how long an answer takes is not the subject here. */
    private static Verdict serving(byte[] artifact, List<Probe> probes, TrainingSpec spec) {
        Map<Integer, TrainingRow> rows = rows(spec.file());
        return new ServingGate(Duration.ofMinutes(1), System::nanoTime)
                .judge(
                        artifact,
                        probes.stream()
                                .map(probe ->
                                        new RecordedAnswer(rows.get(probe.row()).judged(), probe.scores()))
                                .toList());
    }

    @Test
    void sameDataAndSeedGiveTheSameWeightsAnotherSeedGivesOthers() throws IOException {
        for (Shape shape : Shape.values()) {
            String first = weights(spec(shape, "dl4j", 400, 5));
            assertThat(weights(spec(shape, "dl4j", 400, 5))).isEqualTo(first);
            assertThat(weights(spec(shape, "dl4j", 400, 6))).isNotEqualTo(first);
        }
    }

    @Test
    void aNetworkFindsWhatIsNotLinear() throws IOException {
        TrainingReport network = train(spec(Shape.REGRESSION, "dl4j", 1500, 5));
        TrainingReport linear = train(spec(Shape.REGRESSION, "linear", 1500, 5));
        // The noise alone has an RMSE of 0.2.
        assertThat((Double) network.figures().get("rmse")).isLessThan(0.28);
        assertThat((Double) linear.figures().get("rmse")).isGreaterThan(0.4);
        assertThat(network.lossCurve()).isNotEmpty();
        assertThat(network.lossCurve().get(0).train())
                .isGreaterThan(
                        network.lossCurve().get(network.lossCurve().size() - 1).train());
    }

    @Test
    void theArtifactSaysWhereItComesFromAndWhatItsDataLookedLike() throws IOException {
        TrainingSpec spec = spec(Shape.HEADS, "dl4j", 300, 5);
        TrainingReport report = train(spec);
        ModelDescription model =
                Artifact.read(Files.readAllBytes(spec.artifact())).description();
        Provenance provenance = model.provenance();
        assertThat(provenance.dataset()).isEqualTo(spec.dataset().orElseThrow());
        assertThat(provenance.seed()).isEqualTo(5);
        assertThat(provenance.featureSpecSha256()).isEqualTo(model.features().sha256());
        assertThat(provenance.libraryVersions()).containsEntry("deeplearning4j", "1.0.0-M2.1");
        assertThat(provenance.hyperparameters()).containsEntry("epochs", 30L).containsEntry("learner", "dl4j");
        assertThat(provenance.platform().backend()).startsWith("dl4j-cpu, CPU");
        assertThat(model.profile().rows()).isEqualTo(300);
        assertThat(model.profile().inputs().keySet()).contains("x", "colour");
        assertThat(model.heads()).containsExactly("a", "b", "c");
        assertThat(report.holdoutFrom()).isEqualTo(240);
    }

    @Test
    void brokenMetersDoNotRuleWhatIsLearned() throws IOException {
        double clean = (Double)
                trainPlain(spec(Shape.REGRESSION, "dl4j", 1500, 5)).figures().get("rmse");
        List<TrainingRow> rows = new ArrayList<>(data(Shape.REGRESSION, 1500));
        for (int i = 0; i < 1000; i += 100) {
            TrainingRow row = rows.get(i);
            rows.set(i, TrainingRow.regression(row.eventId(), row.time(), row.context(), 1e6));
        }
        TrainingSpec dirty = spec(
                Shape.REGRESSION,
                "dl4j",
                rows,
                new Hyperparameters("dl4j", List.of(24, 16), 30, 32, 0.01, 1e-5, 5, 0.2));
        TrainingReport report = trainPlain(dirty);
        assertThat(report.figures()).containsEntry("winsorisedRows", 10);
        assertThat((Double) report.figures().get("rmse")).isLessThan(clean + 0.15);
    }

    @Test
    void aSecondFitLearnsFromTheNewestRowsAndIntervalsHoldTheirShare() throws IOException {
        TrainingSpec spec = spec(
                Shape.REGRESSION,
                "dl4j",
                data(Shape.REGRESSION, 3000),
                new Hyperparameters(
                        "dl4j",
                        List.of(24, 16),
                        10,
                        32,
                        0.01,
                        1e-5,
                        5,
                        0.3,
                        0.3,
                        true,
                        new Intervals(0.8, Intervals.RESIDUALS),
                        Weighting.EQUAL,
                        BanditLearning.PLAIN));
        TrainingReport report = trainPlain(spec);
        // 900 held-out rows: a standard deviation of 0.013.
        assertThat((Double) report.figures().get("intervalCoverage")).isBetween(0.75, 0.87);
        Artifact artifact = Artifact.read(Files.readAllBytes(spec.artifact()));
        assertThat(PredictionInterval.of(artifact.description()).orElseThrow().level())
                .isEqualTo(0.8);
        Hyperparameters once = new Hyperparameters(
                "dl4j",
                List.of(24, 16),
                10,
                32,
                0.01,
                1e-5,
                5,
                0.3,
                0.3,
                false,
                Intervals.NONE,
                Weighting.EQUAL,
                BanditLearning.PLAIN);
        String without = plainWeights(spec(Shape.REGRESSION, "dl4j", data(Shape.REGRESSION, 3000), once));
        assertThat(artifact.weightsSha256()).isNotEqualTo(without);
    }

    /** The spread depends on an input that the mean does not depend on, so that only the network can tell. */
    @Test
    void quantilesFollowTheInputWherePredictionsAreAlike() throws IOException {
        List<TrainingRow> rows = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(21);
        for (int i = 0; i < 4000; i++) {
            boolean calm = random.nextBoolean();
            double x = random.nextDouble();
            double reward = x + (calm ? 0.2 : 2) * (random.nextDouble() - 0.5);
            rows.add(TrainingRow.regression(
                    "e" + i, START.plusSeconds(i), Map.of("x", x, "sea", calm ? "calm" : "rough"), reward));
        }
        Map<String, TrainingReport> reports = new HashMap<>();
        for (String by : List.of(Intervals.QUANTILES, Intervals.RESIDUALS)) {
            TrainingSpec spec = spec(
                    Shape.REGRESSION,
                    "dl4j",
                    rows,
                    new Hyperparameters(
                            "dl4j",
                            List.of(24, 16),
                            12,
                            16,
                            0.01,
                            1e-5,
                            5,
                            0.3,
                            0.3,
                            true,
                            new Intervals(0.8, by),
                            Weighting.EQUAL,
                            BanditLearning.PLAIN));
            TrainingReport report = train(spec);
            reports.put(by, report);
            // 1,200 held-out rows: a standard deviation of 0.012, and as much again of the rows that the intervals are
            // from.
            assertThat((Double) report.figures().get("intervalCoverage")).as(by).isBetween(0.76, 0.87);
            assertThat(report.probes().get(0).scores()).hasSize(3);
            Verdict verdict = serving(Files.readAllBytes(spec.artifact()), report.probes(), spec);
            assertThat(verdict.passed()).as(verdict.reason()).isTrue();
            Probe first = report.probes().get(0);
            List<Double> scores = new ArrayList<>(first.scores());
            scores.set(2, scores.get(2) + 1e-4);
            assertThat(serving(Files.readAllBytes(spec.artifact()), List.of(new Probe(first.row(), scores)), spec)
                            .passed())
                    .as("an upper end that differs")
                    .isFalse();
        }
        Map<String, Object> quantiles = reports.get(Intervals.QUANTILES).figures();
        Map<String, Object> residuals = reports.get(Intervals.RESIDUALS).figures();
        // The best scores that can be had: 0.99 with a width for each sea, 1.6 with one width for both.
        assertThat((Double) quantiles.get("intervalNarrowCoverage")).isBetween(0.65, 0.96);
        assertThat((Double) quantiles.get("intervalWideCoverage")).isBetween(0.65, 0.96);
        assertThat((Double) quantiles.get("intervalScore")).isLessThan(0.85 * (Double) residuals.get("intervalScore"));
    }

    @Test
    void oldRowsCountLess() throws IOException {
        // The world turns upside down after two thirds of the rows that are learned from.
        List<TrainingRow> rows = new ArrayList<>(data(Shape.REGRESSION, 2000));
        for (int i = 0; i < 1000; i++) {
            TrainingRow row = rows.get(i);
            rows.set(i, TrainingRow.regression(row.eventId(), row.time(), row.context(), 3 - row.reward()));
        }
        Map<Duration, Double> errors = new HashMap<>();
        for (Duration halfLife : List.of(Duration.ofDays(9), Duration.ofSeconds(150))) {
            TrainingSpec spec = spec(
                    Shape.REGRESSION,
                    "dl4j",
                    rows,
                    new Hyperparameters(
                            "dl4j",
                            List.of(24, 16),
                            30,
                            32,
                            0.01,
                            1e-5,
                            5,
                            0.2,
                            0.15,
                            false,
                            Intervals.NONE,
                            new Weighting(halfLife, false),
                            BanditLearning.PLAIN));
            errors.put(halfLife, (Double) trainPlain(spec).figures().get("rmse"));
        }
        assertThat(errors.get(Duration.ofSeconds(150))).isLessThan(0.75 * errors.get(Duration.ofDays(9)));
    }

    @Test
    void aBanditsPolicyIsValuedOnRowsThatItHasNotSeen() throws IOException {
        TrainingReport report = trainPlain(spec(Shape.HEADS, "dl4j", 1500, 5));
        double value = (Double) report.figures().get("policyValue");
        double logged = (Double) report.figures().get("loggedValue");
        // By the script's formula the best action is worth E|x| = 1 more than a random one; exploration takes a share.
        assertThat(value).isGreaterThan(logged + 0.3).isLessThan(logged + 1.2);
        assertThat((Double) report.figures().get("policyValueLower")).isGreaterThan(logged);
    }

    @Test
    void aDataSetWithoutRowsIsRefusedInWords() throws IOException {
        TrainingSpec spec = spec(Shape.HEADS, "dl4j", 1, 5);
        assertThatThrownBy(() -> train(spec)).hasMessageContaining("rows");
        Files.writeString(folder.resolve("bad.jsonl"), "{\"time\":\"2026-01-01T00:00:00Z\"}\n");
        assertThatThrownBy(() -> rows(folder.resolve("bad.jsonl"))).hasMessageContaining("line 1");
    }

    private static String plainWeights(TrainingSpec spec) throws IOException {
        trainPlain(spec);
        return Artifact.read(Files.readAllBytes(spec.artifact())).weightsSha256();
    }

    private static String weights(TrainingSpec spec) throws IOException {
        train(spec);
        return Artifact.read(Files.readAllBytes(spec.artifact())).weightsSha256();
    }

    private static TrainingReport train(TrainingSpec spec) {
        return train(spec, Dl4jEngine.maker());
    }

    /** On the plain twin, which is faster for small networks; for what does not depend on the engine. */
    private static TrainingReport trainPlain(TrainingSpec spec) {
        return train(spec, PlainEngine.maker());
    }

    private static TrainingReport train(TrainingSpec spec, NetworkEngine.Maker engines) {
        var learner = TrainCandidate.learner(spec.hyperparameters(), () -> new NetworkTraining(engines));
        return new TrainCandidate(spec, learner, ThisMachine.platform(1, learner.backend()))
                .run((epoch, epochs, train, validation) -> {});
    }

    private static Map<Integer, TrainingRow> rows(Path file) {
        Map<Integer, TrainingRow> rows = new HashMap<>();
        DatasetFile.read(file, 0, Integer.MAX_VALUE, (row, number) -> rows.put(number, row));
        return rows;
    }

    private TrainingSpec spec(Shape shape, String learner, int rows, long seed) throws IOException {
        return spec(
                shape,
                learner,
                data(shape, rows),
                new Hyperparameters(
                        learner, List.of(24, 16), 30, 32, 0.01, learner.equals("dl4j") ? 1e-5 : 1, seed, 0.2));
    }

    private TrainingSpec spec(Shape shape, String learner, List<TrainingRow> rows, Hyperparameters wanted)
            throws IOException {
        Path file = folder.resolve(shape + "-" + rows.size() + ".jsonl");
        Provenance.Dataset dataset = DatasetFile.write(file, "test", rows);
        TrainingSpec spec = new TrainingSpec(
                "test",
                shape == Shape.REGRESSION ? ModelDescription.REGRESSION : ModelDescription.BANDIT,
                wanted,
                file,
                Optional.of(dataset),
                Optional.empty(),
                folder.resolve("model.safetensors"),
                folder.resolve("report.json"),
                Map.of("rule", "squareCb"),
                new Provenance.Trigger("request-1", "person"),
                "unknown");
        Path written = folder.resolve("specification.json");
        spec.write(written);
        assertThat(TrainingSpec.read(written)).isEqualTo(spec);
        return spec;
    }

    /** Rewards bend with x (an absolute value), differ by colour and by action; noise of sd 0.2. */
    private static List<TrainingRow> data(Shape shape, int rows) {
        SplittableRandom random = new SplittableRandom(11);
        List<TrainingRow> data = new ArrayList<>();
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String id = List.of("a", "b", "c").get(i);
            actions.add(shape == Shape.JOINT ? new Action(id, Map.of("price", 1.5 * i)) : Action.of(id));
        }
        for (int i = 0; i < rows; i++) {
            double x = 4 * random.nextDouble() - 2;
            boolean red = random.nextBoolean();
            int action = random.nextInt(3);
            double bend = shape == Shape.REGRESSION ? Math.abs(x) : 0.4 * Math.abs(x) + x * (action - 1);
            double reward = bend + (red ? 1 : 0) + 0.7 * (random.nextDouble() - 0.5);
            Map<String, Object> context = Map.of("x", x, "colour", red ? "red" : "blue");
            Instant time = START.plusSeconds(i);
            data.add(
                    shape == Shape.REGRESSION
                            ? TrainingRow.regression("e" + i, time, context, reward)
                            : new TrainingRow(
                                    "e" + i,
                                    time,
                                    context,
                                    actions,
                                    List.of(0.25, 0.25, 0.5),
                                    action,
                                    action == 2 ? 0.5 : 0.25,
                                    reward));
        }
        return data;
    }
}
