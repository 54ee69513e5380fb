package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SeededRandom.class)
class EDetectorTest {
    private static final int CHANGE_AT = 10_000;

    /** Streams and limits of the reference: what ADWIN needs at a like budget. Means of 100 seeds, which are fixed. */
    @ParameterizedTest
    @CsvSource({
        "false, 0.2, 0.3, 420",
        "false, 0.2, 0.4, 153",
        "false, 0.3, 0.2, 545",
        "true, 0.5, 0.525, 759",
        "true, 0.5, 0.55, 288",
        "true, 0.5, 0.6, 123"
    })
    void isQuickerThanAdwin(boolean gauss, double before, double after, double limit) {
        double sum = 0;
        int early = 0;
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(1000 + seed);
            EDetector detector = EDetector.withBudget(1_000_000);
            for (int i = 0; i < CHANGE_AT; i++) {
                early += detector.add(value(random, gauss, before)) ? 1 : 0;
            }
            int delay = 1;
            while (!detector.add(value(random, gauss, after))) {
                delay++;
            }
            sum += delay;
        }
        assertThat(sum / 100).isLessThan(limit);
        assertThat(early).isLessThanOrEqualTo(1);
    }

    /**
     * A tenth of the usual budget, so that there is something to count: 300,000 values of each kind at a run length of at least
     * 30,000, hence at most 10 alarms expected, sd 3.2; 25 is 4.7 sd above. Fixed seed.
     */
    @Test
    @Seed(20260303)
    void keepsItsBudgetWhateverTheDistribution(Random random) {
        for (int kind = 0; kind < 6; kind++) {
            int k = kind;
            ToDoubleFunction<Random> draw = source -> switch (k) {
                case 0 -> source.nextDouble() < 0.02 ? 1 : 0;
                case 1 -> source.nextGaussian();
                case 2 -> Math.tan(Math.PI * (source.nextDouble() - 0.5));
                case 3 -> Math.exp(2 * source.nextGaussian());
                case 4 -> source.nextInt(6);
                default -> source.nextDouble() < 0.9 ? 0 : source.nextGaussian();
            };
            EDetector detector = EDetector.withBudget(10_000);
            int alarms = 0;
            for (int i = 0; i < 300_000; i++) {
                alarms += detector.add(draw.applyAsDouble(random)) ? 1 : 0;
            }
            assertThat(alarms).as("kind %d", kind).isLessThanOrEqualTo(25);
        }
    }

    /** Independent of the alarms: the mean of the statistic after t values is t less the warm-up, as its construction promises. */
    @Test
    @Seed(20260304)
    void hasAStatisticWhoseMeanIsTheNumberOfValues(Random random) {
        double sum = 0;
        int streams = 4000;
        for (int stream = 0; stream < streams; stream++) {
            EDetector detector = new EDetector(1e12, 50);
            for (int i = 0; i < 90; i++) {
                detector.add(random.nextInt(4));
            }
            sum += detector.statistic();
        }
        // 40 values beyond the warm-up; the spread of one stream is about 30, that of the mean 0.5.
        assertThat(sum / streams).isCloseTo(40, within(4.0));
    }

    @Test
    @Seed(20260305)
    void saysWhatChangedAndWhere(Random random) {
        EDetector level = EDetector.withBudget(1_000_000);
        EDetector spread = EDetector.withBudget(1_000_000);
        for (int i = 0; i < 5000; i++) {
            level.add(10 + random.nextGaussian());
            spread.add(random.nextGaussian());
        }
        while (!level.add(9 + random.nextGaussian())) {}
        while (!spread.add(3 * random.nextGaussian())) {}
        EDetector.Change down = level.lastChange().orElseThrow();
        assertThat(down.up()).isFalse();
        assertThat(down.ofSpread()).isFalse();
        assertThat(down.changedAt()).isBetween(4980L, 5020L);
        assertThat(down.before()).isCloseTo(10, within(0.1));
        assertThat(down.after()).isCloseTo(9, within(0.8));
        EDetector.Change wider = spread.lastChange().orElseThrow();
        assertThat(wider.ofSpread()).isTrue();
        assertThat(wider.up()).isTrue();
        assertThat(level.ready()).isFalse();
    }

    @Test
    void seesAConstantThatChanges() {
        EDetector detector = EDetector.withBudget(1_000_000);
        for (int i = 0; i < 2000; i++) {
            assertThat(detector.add(5)).isFalse();
        }
        int delay = 1;
        while (!detector.add(6)) {
            delay++;
        }
        assertThat(delay).isLessThan(60);
    }

    /** Scores are of ranks: any increasing map of the values alarms at the same ones. */
    @Test
    void doesNotMindTheScale(Random random) {
        EDetector plain = EDetector.withBudget(1000);
        EDetector mapped = EDetector.withBudget(1000);
        int alarms = 0;
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextGaussian() + (i / 4000) % 2;
            boolean alarm = plain.add(value);
            alarms += alarm ? 1 : 0;
            assertThat(mapped.add(1e6 * Math.exp(value) - 7)).isEqualTo(alarm);
        }
        assertThat(alarms).isGreaterThanOrEqualTo(4);
    }

    @Test
    @SuppressWarnings("unchecked")
    void goesOnAfterARestartAsIfNothingHadHappened(Random random) {
        EDetector whole = new EDetector(3000, 100);
        EDetector restarted = new EDetector(3000, 100);
        int alarms = 0;
        for (int i = 0; i < 5000; i++) {
            double value = random.nextGaussian() + (i / 1000) % 2;
            boolean alarm = whole.add(value);
            assertThat(restarted.add(value)).isEqualTo(alarm);
            alarms += alarm ? 1 : 0;
            if (i % 41 == 0) {
                restarted = EDetector.fromJson((Map<String, Object>) Json.read(Json.write(restarted.toJson())));
            }
        }
        assertThat(restarted.toJson()).isEqualTo(whole.toJson());
        assertThat(alarms).isGreaterThanOrEqualTo(3);
    }

    @Test
    void refusesWhatItCannotJudge() {
        assertThatThrownBy(() -> new EDetector(1, 100)).hasMessage("must be >= 2: threshold=1.0");
        assertThatThrownBy(() -> new EDetector(100, 3)).hasMessage("must be >= 20: warmUp=3");
        assertThatThrownBy(() -> EDetector.withBudget(10).add(Double.NaN)).hasMessage("must be finite: value=NaN");
    }

    private static double value(Random random, boolean gauss, double level) {
        return gauss ? level + 0.1 * random.nextGaussian() : random.nextDouble() < level ? 1 : 0;
    }

    /**
     * Budget and stakes in seconds: ten hours of 50 values a second, with an hour's budget. At most 10 alarms are allowed and 3.3 expected;
     * stakes of 1, as if seconds were values, would allow 167.
     */
    @Test
    void stakesOfSecondsKeepABudgetOfTimeHoweverManyValuesCome() {
        java.util.Random random = new java.util.Random(1000);
        EDetector detector = new EDetector(EDetector.threshold(3600), 100);
        int alarms = 0;
        for (int i = 0; i < 36_000 * 50; i++) {
            alarms += detector.add(random.nextGaussian(), 0.02) ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(10);
        EDetector changed = new EDetector(EDetector.threshold(360_000), 100);
        boolean found = false;
        for (int i = 0; i < 6_000; i++) {
            found = changed.add(random.nextGaussian() + (i < 5_000 ? 0 : 1), 1) || found;
            assertThat(found && i < 5_000).isFalse();
        }
        assertThat(found).isTrue();
    }
}
