package io.leeway.training.dl4j;

import static io.leeway.training.dl4j.SmallTrainings.data;
import static io.leeway.training.dl4j.SmallTrainings.rows;
import static io.leeway.training.dl4j.SmallTrainings.serving;
import static io.leeway.training.dl4j.SmallTrainings.train;
import static io.leeway.training.dl4j.SmallTrainings.trainPlain;
import static io.leeway.training.dl4j.SmallTrainings.weightsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.model.Artifact;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains in this process on small data; what the service does in a child process is the same code. */
class TrainerTest {
    @TempDir
    Path folder;

    private SmallTrainings small;

    @BeforeEach
    void begin() {
        small = new SmallTrainings(folder);
    }

    @Test
    void predictorsAnswerAsDl4jDoesInEveryLayout() throws IOException {
        for (SmallTrainings.Shape shape : SmallTrainings.Shape.values()) {
            for (String learner : List.of("dl4j", "linear")) {
                TrainingSpec spec = small.spec(shape, learner, 600, 5);
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
        TrainingSpec spec = small.spec(SmallTrainings.Shape.HEADS, "linear", 300, 5);
        TrainingReport report = train(spec);
        Probe first = report.probes().get(0);
        List<Double> scores = new ArrayList<>(first.scores());
        scores.set(1, scores.get(1) + 1e-4);
        Verdict verdict = serving(Files.readAllBytes(spec.artifact()), List.of(new Probe(first.row(), scores)), spec);
        assertThat(verdict.passed()).isFalse();
        byte[] torn = java.util.Arrays.copyOf(Files.readAllBytes(spec.artifact()), 200);
        assertThat(serving(torn, report.probes(), spec).passed()).isFalse();
    }

    @Test
    void sameDataAndSeedGiveTheSameWeightsAnotherSeedGivesOthers() throws IOException {
        for (SmallTrainings.Shape shape : SmallTrainings.Shape.values()) {
            String first = weights(small.spec(shape, "dl4j", 400, 5));
            assertThat(weights(small.spec(shape, "dl4j", 400, 5))).isEqualTo(first);
            assertThat(weights(small.spec(shape, "dl4j", 400, 6))).isNotEqualTo(first);
        }
    }

    @Test
    void aNetworkFindsWhatIsNotLinear() throws IOException {
        TrainingReport network = train(small.spec(SmallTrainings.Shape.REGRESSION, "dl4j", 1500, 5));
        TrainingReport linear = train(small.spec(SmallTrainings.Shape.REGRESSION, "linear", 1500, 5));
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
        TrainingSpec spec = small.spec(SmallTrainings.Shape.HEADS, "dl4j", 300, 5);
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
        double clean = (Double) trainPlain(small.spec(SmallTrainings.Shape.REGRESSION, "dl4j", 1500, 5))
                .figures()
                .get("rmse");
        List<TrainingRow> rows = new ArrayList<>(data(SmallTrainings.Shape.REGRESSION, 1500));
        for (int i = 0; i < 1000; i += 100) {
            TrainingRow row = rows.get(i);
            rows.set(i, TrainingRow.regression(row.eventId(), row.time(), row.context(), 1e6));
        }
        TrainingSpec dirty = small.spec(
                SmallTrainings.Shape.REGRESSION,
                "dl4j",
                rows,
                new Hyperparameters("dl4j", List.of(24, 16), 30, 32, 0.01, 1e-5, 5, 0.2));
        TrainingReport report = trainPlain(dirty);
        assertThat(report.figures()).containsEntry("winsorisedRows", 10);
        assertThat((Double) report.figures().get("rmse")).isLessThan(clean + 0.15);
    }

    @Test
    void oldRowsCountLess() throws IOException {
        // The world turns upside down after two thirds of the rows that are learned from.
        List<TrainingRow> rows = new ArrayList<>(data(SmallTrainings.Shape.REGRESSION, 2000));
        for (int i = 0; i < 1000; i++) {
            TrainingRow row = rows.get(i);
            rows.set(i, TrainingRow.regression(row.eventId(), row.time(), row.context(), 3 - row.reward()));
        }
        Map<Duration, Double> errors = new HashMap<>();
        for (Duration halfLife : List.of(Duration.ofDays(9), Duration.ofSeconds(150))) {
            TrainingSpec spec = small.spec(
                    SmallTrainings.Shape.REGRESSION,
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
        TrainingReport report = trainPlain(small.spec(SmallTrainings.Shape.HEADS, "dl4j", 1500, 5));
        double value = (Double) report.figures().get("policyValue");
        double logged = (Double) report.figures().get("loggedValue");
        // By the script's formula the best action is worth E|x| = 1 more than a random one; exploration takes a share.
        assertThat(value).isGreaterThan(logged + 0.3).isLessThan(logged + 1.2);
        assertThat((Double) report.figures().get("policyValueLower")).isGreaterThan(logged);
    }

    @Test
    void aDataSetWithoutRowsIsRefusedInWords() throws IOException {
        TrainingSpec spec = small.spec(SmallTrainings.Shape.HEADS, "dl4j", 1, 5);
        assertThatThrownBy(() -> train(spec)).hasMessageContaining("rows");
        Files.writeString(folder.resolve("bad.jsonl"), "{\"time\":\"2026-01-01T00:00:00Z\"}\n");
        assertThatThrownBy(() -> rows(folder.resolve("bad.jsonl"))).hasMessageContaining("line 1");
    }

    private static String weights(TrainingSpec spec) throws IOException {
        train(spec);
        return weightsOf(spec);
    }
}
