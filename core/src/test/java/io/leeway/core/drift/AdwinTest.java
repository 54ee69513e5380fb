package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.evaluation.ProgressiveMean;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.core.testing.Reference;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SeededRandom.class)
class AdwinTest {
    private static final int CHANGE_AT = 10_000;

    /** The streams are MOA's own, item by item, so that seeds are fixed: java.util.Random(1000 + i). */
    @ParameterizedTest
    @CsvSource({
        "bern 0.2->0.3 abrupt, false, 0.2, 0.3",
        "bern 0.2->0.4 abrupt, false, 0.2, 0.4",
        "bern 0.3->0.2 abrupt, false, 0.3, 0.2",
        "gauss sd0.1 0.5->0.55 (0.5sd), true, 0.5, 0.55"
    })
    void isAsQuickAsTheReference(String scenario, boolean gauss, double before, double after) throws IOException {
        JsonObject expected = row(scenario);
        ProgressiveMean delay = new ProgressiveMean();
        int falseAlarms = 0;
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(1000 + seed);
            Adwin adwin = new Adwin(0.002);
            for (int i = 0; i < 2 * CHANGE_AT; i++) {
                double level = i < CHANGE_AT ? before : after;
                double value = gauss ? level + 0.1 * random.nextGaussian() : random.nextDouble() < level ? 1 : 0;
                if (adwin.add(value)) {
                    if (i < CHANGE_AT) {
                        falseAlarms++;
                    } else {
                        delay.add(i - CHANGE_AT + 1);
                        break;
                    }
                }
            }
        }
        assertThat(delay.count()).isEqualTo(100);
        assertThat(delay.mean()).isCloseTo(expected.number("delay_mean"), within(2 * expected.number("delay_se")));
        assertThat(falseAlarms).isLessThanOrEqualTo(1);
    }

    @Test
    @Seed(20260108)
    void isSilentOnAMillionUnchangedValues(Random random) {
        Adwin adwin = new Adwin(0.002);
        for (int i = 0; i < 1_000_000; i++) {
            adwin.add(random.nextDouble() < 0.2 ? 1 : 0);
        }
        // The reference saw none in ten such streams.
        assertThat(adwin.changes()).isZero();
        assertThat(adwin.width()).isEqualTo(1_000_000);
        assertThat(adwin.seen()).isEqualTo(1_000_000);
    }

    @Test
    @Seed(20260109)
    void keepsAboutWhatCameSinceTheChange(Random random) {
        Adwin adwin = new Adwin(0.002);
        for (int i = 0; i < 5000; i++) {
            adwin.add(0.2 + 0.05 * random.nextGaussian());
        }
        for (int i = 0; i < 1000; i++) {
            adwin.add(0.8 + 0.05 * random.nextGaussian());
        }
        assertThat(adwin.mean()).isCloseTo(0.8, within(0.02));
        assertThat(adwin.width()).isBetween(900L, 1100L);
    }

    /** The histogram only knows buckets; a plain window of the same width knows every value. */
    @Test
    void holdsTheSumsOfItsWindowThroughEveryCut(Random random) {
        Adwin adwin = new Adwin(0.05);
        double[] values = new double[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((i / 700) % 2 == 0 ? 0.1 : 0.9) + 0.02 * random.nextGaussian();
            adwin.add(values[i]);
            if (i % 97 == 0 || i % 700 == 699) {
                double[] window = Arrays.copyOfRange(values, i + 1 - (int) adwin.width(), i + 1);
                double mean = Arrays.stream(window).average().orElseThrow();
                double variance = Arrays.stream(window)
                        .map(value -> (value - mean) * (value - mean))
                        .average()
                        .orElseThrow();
                assertThat(adwin.mean()).isCloseTo(mean, within(1e-9));
                assertThat(adwin.variance()).isCloseTo(variance, within(1e-9));
                assertThat(adwin.width()).isLessThan(1400);
            }
        }
        assertThat(adwin.changes()).isGreaterThanOrEqualTo(28);
    }

    @Test
    @SuppressWarnings("unchecked")
    void goesOnAfterARestartAsIfNothingHadHappened(Random random) {
        Adwin whole = new Adwin(0.002);
        Adwin restarted = new Adwin(0.002);
        for (int i = 0; i < 4000; i++) {
            double value = (i < 2000 ? 0.3 : 0.6) + 0.1 * random.nextGaussian();
            assertThat(restarted.add(value)).isEqualTo(whole.add(value));
            if (i % 37 == 0) {
                restarted = Adwin.fromJson((Map<String, Object>) Json.read(Json.write(restarted.toJson())));
            }
        }
        assertThat(restarted.toJson()).isEqualTo(whole.toJson());
        assertThat(whole.changes()).isPositive();
    }

    @Test
    void refusesWhatItCannotJudge() {
        assertThatThrownBy(() -> new Adwin(0)).hasMessage("must be in (0, 1): delta=0.0");
        assertThatThrownBy(() -> new Adwin(0.1).add(Double.NaN)).hasMessage("must be finite: value=NaN");
        assertThat(new Adwin(0.1).mean()).isZero();
    }

    private static JsonObject row(String scenario) throws IOException {
        return Json.readObject(Reference.text("drift/detectors.json")).objects("rows").stream()
                .filter(row -> row.text("scenario").equals(scenario)
                        && row.text("detector").equals("ADWIN_two_sided(0.002)"))
                .findFirst()
                .orElseThrow();
    }
}
