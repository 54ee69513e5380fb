package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.drift.TableDrift.InputDrift;
import io.leeway.core.drift.TableDrift.Report;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class TableDriftTest {
    /** What a row is drawn from: shift of the numbers, chance of the word "x", chance that "gap" is missing. */
    private record Population(double shift, double word, double missing) {}

    private static final Population BEFORE = new Population(0, 0.3, 0.1);

    /**
     * 200 windows of 500 rows against one reference of 5000, 12 tests each, at level 0.05: about 5 percent of the windows alarm
     * (they share the reference, so a little more spread than sd 1.5 points); 12 percent is the bound. Fixed seed.
     */
    @Test
    @Seed(20260111)
    void isQuietWhileNothingChanges(Random random) {
        Profile reference = profile(random, 5000, BEFORE);
        int alarms = 0;
        for (int window = 0; window < 200; window++) {
            alarms += TableDrift.compare(reference, profile(random, 500, BEFORE), 0.05, 0)
                            .drifted()
                    ? 1
                    : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(24);
    }

    @Test
    @Seed(20260112)
    void namesTheInputsThatMoved(Random random) {
        Profile reference = profile(random, 5000, BEFORE);

        assertThat(drifted(reference, profile(random, 1000, new Population(0.5, 0.3, 0.1))))
                .containsExactlyInAnyOrder("n0 KOLMOGOROV_SMIRNOV", "n1 KOLMOGOROV_SMIRNOV", "gap KOLMOGOROV_SMIRNOV");
        assertThat(drifted(reference, profile(random, 1000, new Population(0, 0.6, 0.1))))
                .containsExactly("word CHI_SQUARE");
        assertThat(drifted(reference, profile(random, 1000, new Population(0, 0.3, 0.5))))
                .containsExactly("gap MISSING");
    }

    @Test
    @Seed(20260113)
    void measuresTheEffectAndAsksForAMinimum(Random random) {
        Profile reference = profile(random, 8000, BEFORE);
        Profile current = profile(random, 8000, new Population(0, 0.4, 0.1));
        InputDrift word = find(TableDrift.compare(reference, current, 0.01, 0), "word");
        // 30 to 40 percent: a total variation of 0.1, with a sampling sd of 0.0075.
        assertThat(word.effect()).isCloseTo(0.1, within(0.03));
        assertThat(word.drifted()).isTrue();
        assertThat(find(TableDrift.compare(reference, current, 0.01, 0.2), "word")
                        .drifted())
                .isFalse();
    }

    @Test
    void seesInputsThatVanishOrAppear(Random random) {
        Profile reference = profile(random, 500, BEFORE);
        ProfileLearner other = new ProfileLearner();
        for (int i = 0; i < 500; i++) {
            other.observe("event-" + i, Map.of("n0", random.nextGaussian(), "new", 1));
        }
        Report report = TableDrift.compare(reference, other.profile(), 0.01, 0.1);
        assertThat(find(report, "word").test()).isEqualTo(TableDrift.Test.MISSING);
        assertThat(find(report, "word").drifted()).isTrue();
        assertThat(find(report, "new").effect()).isEqualTo(1);
    }

    @Test
    void doesNotTakeTheTailOfAVocabularyForNewWords(Random random) {
        Profile[] profiles = new Profile[2];
        for (int side = 0; side < 2; side++) {
            ProfileLearner learner = new ProfileLearner();
            // 600 words of about 20 rows each: each side keeps 500 of them, and not the same ones.
            for (int i = 0; i < 12_000; i++) {
                learner.observe(side + "event-" + i, Map.of("w", "word-" + random.nextInt(600)));
            }
            profiles[side] = learner.profile();
        }
        assertThat(profiles[0].inputs().get("w").otherCategories()).isPositive();
        assertThat(TableDrift.compare(profiles[0], profiles[1], 1e-6, 0).drifted())
                .isFalse();
    }

    @Test
    void comparesSingleSeries(Random random) {
        ProfileLearner before = new ProfileLearner();
        ProfileLearner after = new ProfileLearner();
        for (int i = 0; i < 400; i++) {
            before.observeReward("event-" + i, random.nextGaussian());
            after.observeReward("event-" + i, 1 + random.nextGaussian());
            before.observeAction("a" + random.nextInt(3));
            after.observeAction("a" + random.nextInt(2));
        }
        Profile one = before.profile();
        Profile two = after.profile();
        assertThat(TableDrift.compare("reward", one.rewards(), two.rewards(), 0.001, 0.1)
                        .drifted())
                .isTrue();
        assertThat(TableDrift.compare("action", one.actions(), two.actions(), 0.001, 0.1)
                        .drifted())
                .isTrue();
        assertThat(TableDrift.compare("reward", one.rewards(), one.rewards(), 0.05, 0)
                        .drifted())
                .isFalse();
        assertThat(TableDrift.compare("none", InputProfile.EMPTY, one.rewards(), 0.05, 0)
                        .inputs())
                .isEmpty();
    }

    @Test
    void refusesLevelsOutsideTheirRange() {
        assertThatThrownBy(() -> TableDrift.compare(Profile.EMPTY, Profile.EMPTY, 0, 0))
                .hasMessage("must be in (0, 1): level=0.0");
        assertThatThrownBy(() -> TableDrift.compare(Profile.EMPTY, Profile.EMPTY, 0.1, 2))
                .hasMessage("must be in [0, 1]: minimumEffect=2.0");
        assertThat(TableDrift.compare(Profile.EMPTY, Profile.EMPTY, 0.1, 0).drifted())
                .isFalse();
    }

    private static Iterable<String> drifted(Profile reference, Profile current) {
        return TableDrift.compare(reference, current, 0.001, 0.05).inputs().stream()
                .filter(InputDrift::drifted)
                .map(input -> input.input() + " " + input.test())
                .toList();
    }

    private static InputDrift find(Report report, String input) {
        return report.inputs().stream()
                .filter(one -> one.input().equals(input))
                .findFirst()
                .orElseThrow();
    }

    private static Profile profile(Random random, int rows, Population population) {
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < rows; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("n0", population.shift + random.nextGaussian());
            row.put("n1", 100 * (population.shift + random.nextGaussian()));
            row.put("coin", random.nextBoolean());
            row.put("dice", random.nextInt(6));
            for (int c = 0; c < 5; c++) {
                row.put("c" + c, random.nextDouble());
            }
            row.put("word", random.nextDouble() < population.word ? "x" : "y");
            if (random.nextDouble() >= population.missing) {
                row.put("gap", population.shift + random.nextGaussian());
            }
            learner.observe("event-" + random.nextLong(), row);
        }
        return learner.profile();
    }
}
