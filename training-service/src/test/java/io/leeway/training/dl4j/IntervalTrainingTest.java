package io.leeway.training.dl4j;

import static io.leeway.training.dl4j.SmallTrainings.START;
import static io.leeway.training.dl4j.SmallTrainings.data;
import static io.leeway.training.dl4j.SmallTrainings.rows;
import static io.leeway.training.dl4j.SmallTrainings.serving;
import static io.leeway.training.dl4j.SmallTrainings.train;
import static io.leeway.training.dl4j.SmallTrainings.trainPlain;
import static io.leeway.training.dl4j.SmallTrainings.weightsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.core.model.Artifact;
import io.leeway.core.model.PredictionInterval;
import io.leeway.core.promotion.Verdict;
import io.leeway.training.learning.BanditLearning;
import io.leeway.training.learning.Hyperparameters;
import io.leeway.training.learning.Intervals;
import io.leeway.training.learning.TrainingReport;
import io.leeway.training.learning.TrainingReport.Probe;
import io.leeway.training.learning.TrainingRow;
import io.leeway.training.learning.TrainingSpec;
import io.leeway.training.learning.Weighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Intervals of a regression's predictions, as they are trained. */
class IntervalTrainingTest {
    private SmallTrainings small;

    @BeforeEach
    void begin(@TempDir Path folder) {
        small = new SmallTrainings(folder);
    }

    @Test
    void aSecondFitLearnsFromTheNewestRowsAndIntervalsHoldTheirShare() throws IOException {
        TrainingSpec spec = small.spec(
                SmallTrainings.Shape.REGRESSION,
                "dl4j",
                data(SmallTrainings.Shape.REGRESSION, 3000),
                wanted(10, 32, true, new Intervals(0.8, Intervals.RESIDUALS)));
        TrainingReport report = trainPlain(spec);
        // 900 held-out rows: a standard deviation of 0.013.
        assertThat((Double) report.figures().get("intervalCoverage")).isBetween(0.75, 0.87);
        Artifact artifact = Artifact.read(Files.readAllBytes(spec.artifact()));
        assertThat(PredictionInterval.of(artifact.description()).orElseThrow().level())
                .isEqualTo(0.8);
        Hyperparameters once = wanted(10, 32, false, Intervals.NONE);
        String without = plainWeights(
                small.spec(SmallTrainings.Shape.REGRESSION, "dl4j", data(SmallTrainings.Shape.REGRESSION, 3000), once));
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
            TrainingSpec spec = small.spec(
                    SmallTrainings.Shape.REGRESSION, "dl4j", rows, wanted(12, 16, true, new Intervals(0.8, by)));
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

    private static Hyperparameters wanted(int epochs, int batchRows, boolean refit, Intervals intervals) {
        return new Hyperparameters(
                "dl4j",
                List.of(24, 16),
                epochs,
                batchRows,
                0.01,
                1e-5,
                5,
                0.3,
                0.3,
                refit,
                intervals,
                Weighting.EQUAL,
                BanditLearning.PLAIN);
    }

    private static String plainWeights(TrainingSpec spec) throws IOException {
        trainPlain(spec);
        return weightsOf(spec);
    }
}
