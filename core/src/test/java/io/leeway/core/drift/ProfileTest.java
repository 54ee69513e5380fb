package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class ProfileTest {
    @Test
    void countsWhatItSaw() {
        ProfileLearner learner = new ProfileLearner();
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("age", null);
        learner.observe("1", nulls);
        learner.observe("2", Map.of("age", 3, "city", "Rome", "flag", true));
        learner.observe("3", Map.of("age", 5, "city", List.of("Rome", "Oslo")));
        learner.observePrediction("2", 0.5);
        learner.observeReward("2", -1);
        learner.observeReward("3", 1);
        learner.observeAction("a");
        Profile profile = learner.profile();

        assertThat(profile.rows()).isEqualTo(3);
        InputProfile age = profile.inputs().get("age");
        assertThat(age.missing()).isEqualTo(1);
        assertThat(age.numbers()).isEqualTo(2);
        assertThat(age.mean()).isEqualTo(4);
        assertThat(age.standardDeviation()).isEqualTo(1);
        assertThat(age.quantiles().toArray()).containsExactly(3, 5);
        InputProfile city = profile.inputs().get("city");
        assertThat(city.categories()).containsOnly(Map.entry("Rome", 2L), Map.entry("Oslo", 1L));
        assertThat(city.missing()).isEqualTo(1);
        assertThat(profile.inputs().get("flag").categories()).containsOnly(Map.entry("true", 1L));
        assertThat(profile.rewards().quantiles().toArray()).containsExactly(-1, 1);
        assertThat(profile.rewards().rows()).isEqualTo(2);
        assertThat(profile.predictions().numbers()).isEqualTo(1);
        assertThat(profile.actions().categories()).containsOnly(Map.entry("a", 1L));
    }

    @Test
    @SuppressWarnings("unchecked")
    void roundTripsThroughJson(Random random) {
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < 300; i++) {
            learner.observe("event-" + i, RandomValues.object(random, 3));
            learner.observeReward("event-" + i, random.nextGaussian());
        }
        Profile profile = learner.profile();
        assertThat(Profile.fromJson((Map<String, Object>) Json.read(Json.write(profile.toJson()))))
                .isEqualTo(profile);
        assertThat(Profile.fromJson(Profile.EMPTY.toJson())).isEqualTo(Profile.EMPTY);
    }

    @Test
    void samplesTheSameValuesInWhateverOrderRowsCome(Random random) {
        List<Integer> order = new ArrayList<>();
        double[] values = RandomValues.gaussians(random, 2 * ProfileLearner.SAMPLE_SIZE);
        for (int i = 0; i < values.length; i++) {
            order.add(i);
        }
        ProfileLearner forward = new ProfileLearner();
        ProfileLearner shuffled = new ProfileLearner();
        order.forEach(i -> forward.observe("event-" + i, Map.of("x", values[i])));
        Collections.shuffle(order, random);
        order.forEach(i -> shuffled.observe("event-" + i, Map.of("x", values[i])));

        assertThat(shuffled.profile().inputs().get("x").quantiles())
                .isEqualTo(forward.profile().inputs().get("x").quantiles());
        assertThat(forward.profile().inputs().get("x").quantiles().size()).isEqualTo(ProfileLearner.QUANTILES);
        assertThat(forward.profile().inputs().get("x").numbers()).isEqualTo(values.length);
    }

    @Test
    void mergesToWhatOneLearnerWouldHaveSeen(Random random) {
        ProfileLearner whole = new ProfileLearner();
        List<ProfileLearner> parts =
                new ArrayList<>(List.of(new ProfileLearner(), new ProfileLearner(), new ProfileLearner()));
        for (int i = 0; i < 2 * ProfileLearner.SAMPLE_SIZE; i++) {
            Map<String, Object> row = i % 7 == 0
                    ? Map.of("word", "w" + random.nextInt(5))
                    : Map.of("x", random.nextGaussian(), "word", "w" + random.nextInt(5));
            double reward = random.nextDouble();
            for (ProfileLearner learner : List.of(whole, parts.get(random.nextInt(3)))) {
                learner.observe("event-" + i, row);
                learner.observeReward("event-" + i, reward);
                learner.observeAction("a" + i % 3);
            }
        }
        Collections.shuffle(parts, random);
        ProfileLearner merged = new ProfileLearner();
        parts.forEach(merged::merge);

        Profile expected = whole.profile();
        Profile actual = merged.profile();
        assertThat(actual.rows()).isEqualTo(expected.rows());
        assertThat(actual.actions()).isEqualTo(expected.actions());
        assertThat(actual.inputs().get("word")).isEqualTo(expected.inputs().get("word"));
        InputProfile x = actual.inputs().get("x");
        assertThat(x.quantiles()).isEqualTo(expected.inputs().get("x").quantiles());
        assertThat(x.missing()).isEqualTo(expected.inputs().get("x").missing());
        assertThat(x.mean()).isCloseTo(expected.inputs().get("x").mean(), within(1e-12));
        assertThat(x.standardDeviation()).isCloseTo(expected.inputs().get("x").standardDeviation(), within(1e-12));
        assertThat(actual.rewards().quantiles()).isEqualTo(expected.rewards().quantiles());
    }

    /** The sample's mean against the stream's: sd 1 / sqrt(8192) at most, 4.5 sd. Ids are consecutive on purpose. Fixed seed. */
    @Test
    @Seed(20260110)
    void samplesWithoutFavour(Random random) {
        ProfileLearner learner = new ProfileLearner();
        int rows = 10 * ProfileLearner.SAMPLE_SIZE;
        double trend = 0;
        for (int i = 0; i < rows; i++) {
            // A trend over the stream: a sample that favours early or late rows would be off.
            double value = 2.0 * i / rows - 1 + 0.1 * random.nextGaussian();
            trend += value;
            learner.observe("event-" + i, Map.of("x", value));
        }
        double[] kept = learner.profile().inputs().get("x").quantiles().toArray();
        double mean = java.util.Arrays.stream(kept).average().orElseThrow();
        assertThat(mean).isCloseTo(trend / rows, within(4.5 * 0.6 / Math.sqrt(ProfileLearner.SAMPLE_SIZE)));
    }

    @Test
    void thinsToQuantilesThatKeepTheDistribution(Random random) {
        for (int i = 0; i < 50; i++) {
            Quantiles all = Quantiles.of(RandomValues.gaussians(random, 600 + random.nextInt(3000)));
            Quantiles thin = all.thinnedTo(512);
            assertThat(thin.size()).isEqualTo(512);
            // Half a step, and what rounding to whole ranks adds.
            assertThat(KolmogorovSmirnov.statistic(all, thin)).isLessThanOrEqualTo(0.5 / 512 + 1.0 / all.size());
        }
        Quantiles few = Quantiles.of(new double[] {3, 1, 2});
        assertThat(few.thinnedTo(512)).isSameAs(few);
        assertThat(few.toArray()).containsExactly(1, 2, 3);
    }

    @Test
    void boundsWordsAndSize(Random random) {
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < 30_000; i++) {
            learner.observe(
                    "event-" + i,
                    Map.of("id", "user-" + i, "city", "c" + random.nextInt(20), "x", random.nextGaussian()));
        }
        Profile profile = learner.profile();
        InputProfile id = profile.inputs().get("id");
        assertThat(id.categories()).hasSize(ProfileLearner.CATEGORIES);
        assertThat(id.words()).isEqualTo(30_000);
        assertThat(profile.inputs().get("city").otherCategories()).isZero();
        assertThat(Json.writeBytes(profile.toJson())).hasSizeLessThan(40_000);
    }

    @Test
    void staysFiniteOnHugeNumbers() {
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < 10; i++) {
            learner.observe("event-" + i, Map.of("x", i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE));
        }
        assertThat(Json.write(learner.profile().toJson())).contains("standardDeviation");
        assertThatThrownBy(() -> Quantiles.of(new double[] {Double.NaN})).hasMessage("must be finite: value=NaN");
    }
}
