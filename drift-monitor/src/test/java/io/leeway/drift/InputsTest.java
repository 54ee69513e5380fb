package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.MovedInput;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams are java.util.Random(1000 + i). */
class InputsTest {
    private static final int WINDOW = 400;

    private static Map<String, Object> row(Random random, double shift) {
        Map<String, Object> row = new HashMap<>();
        row.put("distance", Math.exp(random.nextGaussian() * 0.5 + shift));
        row.put("zone", "z" + random.nextInt(5));
        row.put("member", random.nextBoolean());
        for (int i = 0; i < 17; i++) {
            row.put("noise." + i, random.nextGaussian());
        }
        return row;
    }

    private static Profile training(Random random) {
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < 5000; i++) {
            Map<String, Object> noise = new HashMap<>();
            Map<String, Object> context = new HashMap<>();
            row(random, 0).forEach((path, value) -> {
                if (path.startsWith("noise.")) {
                    noise.put(path.substring(6), value);
                } else {
                    context.put(path, value);
                }
            });
            context.put("noise", noise);
            learner.observe("event-" + i, context);
        }
        return learner.profile();
    }

    private static Feed feed(boolean retrainOnInputs) {
        Random random = new Random(999);
        return new Feed(
                        Loops.bandit("films", Loops.drift(WINDOW, retrainOnInputs, Duration.ZERO, 24)),
                        training(random))
                .serve(1);
    }

    /** A number that became a word has no other number to be compared with, and is not missing either. */
    @Test
    void namesWhatIsBrokenByTheCheckThatItViolates() {
        Random random = new Random(1000);
        Feed feed = feed(false);
        for (int i = 0; i < WINDOW; i++) {
            Map<String, Object> row = row(random, 0);
            row.put("distance", row.get("distance") + " km");
            row.put("zone", "Zone " + row.get("zone"));
            row.remove("noise.3");
            row.put("added", 1);
            feed.decide(row);
        }
        assertThat(feed.drifts).hasSize(1);
        assertThat(feed.drifts.get(0).other().get("checks").toString())
                .contains("data_type_check", "categorical_values_check", "missing_column_check", "extra_column_check");
        assertThat(feed.drifts.get(0).inputs())
                .extracting(MovedInput::description)
                .contains("distance: 100% -> 0% of the values are numbers");
    }

    @Test
    void suspectsThenDetectsThenResolvesAndNamesWhatMoved() {
        Random random = new Random(1000);
        Feed feed = feed(false);
        for (int i = 0; i < 2 * WINDOW; i++) {
            feed.decide(row(random, 0));
        }
        assertThat(feed.drifts).isEmpty();
        for (int i = 0; i < 2 * WINDOW; i++) {
            feed.decide(row(random, 0.7));
        }
        assertThat(feed.drifts).extracting(Drift::state).containsExactly(DriftState.SUSPECTED, DriftState.DETECTED);
        Drift drift = feed.drifts.get(1);
        assertThat(drift.kind()).isEqualTo(DriftKind.INPUTS);
        assertThat(drift.inputs()).extracting(MovedInput::input).containsExactly("distance");
        assertThat(drift.description())
                .matches("1 of 20 inputs moved in the last 400 decisions against the training data: "
                        + "distance: median \\S+ -> \\S+, KS 0\\.\\d+");
        assertThat(drift.since()).isEqualTo(feed.drifts.get(0).since());
        assertThat(feed.watch().status(feed.now()).active()).containsExactly(drift);

        for (int i = 0; i < 2 * WINDOW; i++) {
            feed.decide(row(random, 0));
        }
        assertThat(feed.drifts)
                .extracting(Drift::state)
                .containsExactly(DriftState.SUSPECTED, DriftState.DETECTED, DriftState.RESOLVED);
        assertThat(feed.drifts).extracting(Drift::driftId).containsOnly(drift.driftId());
        assertThat(feed.requests).isEmpty();
    }

    @Test
    void asksForRetrainingOnInputsOnlyWhereTheLoopSaysSo() {
        Random random = new Random(1000);
        Feed feed = feed(true);
        for (int i = 0; i < 3 * WINDOW; i++) {
            feed.decide(row(random, 0.7));
        }
        assertThat(feed.requests).hasSize(1);
        assertThat(feed.requests.get(0).driftId()).isEqualTo(feed.drifts.get(0).driftId());
    }

    @Test
    void namesAColumnThatWentBlankAndWordsThatAreNew() {
        Random random = new Random(1000);
        Feed feed = feed(false);
        for (int i = 0; i < 2 * WINDOW; i++) {
            Map<String, Object> row = row(random, 0);
            row.put("distance", null);
            row.put("zone", "renamed-" + row.get("zone"));
            feed.decide(row);
        }
        Drift drift = feed.in(DriftState.DETECTED).get(0);
        assertThat(drift.inputs()).extracting(MovedInput::input).containsExactlyInAnyOrder("distance", "zone");
        assertThat(drift.inputs())
                .extracting(MovedInput::description)
                .contains("distance: missing in 0% -> 100% of decisions");
    }

    /** 50 loops with 8 checks each, two of which must fail in a row at a false discovery rate of 1%. */
    @Test
    void staysQuietOverTwentyInputsThatDoNotMove() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(1000 + seed);
            Feed feed = feed(true);
            for (int i = 0; i < WINDOW * 9 / 2; i++) {
                feed.decide(row(random, 0));
            }
            assertThat(feed.in(DriftState.DETECTED)).as("seed %d", seed).isEmpty();
            assertThat(feed.requests).isEmpty();
        }
    }

    @Test
    void aSmallChangeIsNotCalledDriftHoweverManySayIt() {
        Random random = new Random(1000);
        Feed feed = new Feed(
                        Loops.bandit("films", Loops.drift(8000, true, Duration.ZERO, 24)), training(new Random(999)))
                .serve(1);
        for (int i = 0; i < 16_000; i++) {
            feed.decide(row(random, 0.08));
        }
        assertThat(feed.drifts).isEmpty();
    }

    @Test
    void doesNotCheckBeforeTheWindowIsFullOrWithoutAProfile() {
        Random random = new Random(1000);
        Feed early = feed(false);
        Feed unprofiled = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
        for (int i = 0; i < WINDOW - 1; i++) {
            early.decide(row(random, 5));
        }
        for (int i = 0; i < 3000; i++) {
            unprofiled.decide(row(random, 5));
        }
        assertThat(early.drifts).isEmpty();
        assertThat(unprofiled.drifts).isEmpty();
        early.decide(row(random, 5));
        assertThat(early.drifts).hasSize(1);
    }

    @Test
    void aNewModelIsComparedWithDecisionsOfItsOwn() {
        Random random = new Random(1000);
        Feed feed = feed(false);
        for (int i = 0; i < WINDOW - 1; i++) {
            feed.decide(row(random, 5));
        }
        feed.serve(2);
        for (int i = 0; i < WINDOW; i++) {
            feed.decide(row(random, 0));
        }
        assertThat(feed.drifts).isEmpty();
    }

    @Test
    void aContextThatIsTooLargeIsCountedAndLeftOut() {
        Feed feed = feed(false);
        for (int i = 0; i < 2 * WINDOW; i++) {
            feed.decide(null);
        }
        assertThat(feed.drifts).isEmpty();
        assertThat(feed.watch().status(feed.now()).figures().get("inputs").toString())
                .contains("leftOut=" + 2 * WINDOW)
                .contains("filled=0");
    }
}
