package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.drift.TableCheck.ColumnTest;
import io.leeway.core.drift.TableCheck.Settings;
import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class TableCheckTest {
    private static final TableCheck CHECK = new TableCheck(Settings.DEFAULT);

    /** 600 tables at level 0.05, run at four fifths of it: 24 expected, sd 4.8; 46 is 4.6 sd above, and half again too many. */
    @Test
    @Seed(20260307)
    void isQuietWhileNothingChanges(Random random) {
        int alarms = 0;
        for (int i = 0; i < 600; i++) {
            alarms += CHECK.compare(table(random, 400, 10, 0, 0), table(random, 100, 10, 0, 0))
                            .drifted()
                    ? 1
                    : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(46);
    }

    /**
     * 3 of 20 columns by half a deviation: 600 rows give each a z of 8. Of those named, at most 5 percent may be others: about 8
     * beside 150; 22 is 5 sd above.
     */
    @Test
    @Seed(20260308)
    void findsAndNamesTheColumnsThatMoved(Random random) {
        int others = 0;
        for (int i = 0; i < 50; i++) {
            List<String> drifted = drifted(table(random, 5000, 20, 0, 0), table(random, 600, 20, 3, 0.5));
            assertThat(drifted).contains("c0 ANDERSON_DARLING", "c1 ANDERSON_DARLING", "c2 ANDERSON_DARLING");
            others += drifted.size() - 3;
        }
        assertThat(others).isLessThanOrEqualTo(22);
    }

    @Test
    @Seed(20261122)
    void asksLargeSamplesForAnEffect(Random random) {
        double[] before = RandomValues.gaussians(random, 40_000);
        double[] after = RandomValues.gaussians(random, 40_000);
        for (int i = 0; i < after.length; i++) {
            after[i] += 0.06; // a distance of 0.024: certain, and of no use to know
        }
        List<ColumnSample> reference = List.of(ColumnSample.ofNumbers("x", before.length, before));
        List<ColumnSample> current = List.of(ColumnSample.ofNumbers("x", after.length, after));
        ColumnTest test = CHECK.compare(reference, current).tests().get(0);
        assertThat(test.pValue()).isLessThan(1e-6);
        assertThat(test.drifted()).isFalse();
        assertThat(new TableCheck(new Settings(0.05, 0, 0))
                        .compare(reference, current)
                        .drifted())
                .isTrue();
    }

    @Test
    void findsRenamedAndNewWordsInSmallWindows() {
        List<ColumnSample> reference = List.of(ColumnSample.ofWords("flag", 5000, Map.of("N", 4900L, "Y", 100L)));
        assertThat(drifted(reference, List.of(ColumnSample.ofWords("flag", 50, Map.of("no", 49L, "yes", 1L)))))
                .contains("flag NEW_WORDS");
        assertThat(drifted(reference, List.of(ColumnSample.ofWords("flag", 50, Map.of("N", 49L, "Y", 1L)))))
                .isEmpty();
        assertThat(drifted(reference, List.of(ColumnSample.ofWords("flag", 50, Map.of("N", 25L, "Y", 25L)))))
                .contains("flag CHI_SQUARE");
    }

    /** 92 percent are zero, the others in another unit: a distance of 0.03 over all rows, which would be none. */
    @Test
    void findsAnotherUnitOfTheFewValuesThatAreNotZero(Random random) {
        double[] before = RandomValues.gaussians(random, 12_000);
        double[] after = RandomValues.gaussians(random, 12_000);
        for (int i = 0; i < before.length; i++) {
            before[i] = random.nextDouble() < 0.92 ? 0 : Math.exp(before[i]);
            after[i] = random.nextDouble() < 0.92 ? 0 : 2 * Math.exp(after[i]);
        }
        assertThat(drifted(
                        List.of(ColumnSample.ofNumbers("gain", before.length, before)),
                        List.of(ColumnSample.ofNumbers("gain", after.length, after))))
                .containsExactly("gain OTHER_NUMBERS");
    }

    /** Identifiers are new in every row: that is no news. */
    @Test
    void doesNotTakeIdentifiersForNewWords(Random random) {
        assertThat(drifted(identifiers(random, 3000), identifiers(random, 1000)))
                .isEmpty();
    }

    @Test
    void findsABlankedColumnInASmallWindow(Random random) {
        double[] values = RandomValues.gaussians(random, 5000);
        List<ColumnSample> reference = List.of(ColumnSample.ofNumbers("x", 5000, values));
        assertThat(drifted(reference, List.of(ColumnSample.ofNumbers("x", 50, new double[0]))))
                .containsExactly("x MISSING");
    }

    @Test
    void refusesSettingsOutsideTheirRange() {
        assertThatThrownBy(() -> new Settings(0, 0, 0)).hasMessage("must be in (0, 1): level=0.0");
        assertThatThrownBy(() -> new Settings(0.1, 2, 0)).hasMessage("must be in [0, 1]: minimumEffect=2.0");
        assertThatThrownBy(() -> ColumnSample.ofWords("x", 1, Map.of("a", 2L)))
                .hasMessage("must be <= rows=1: values=2");
        assertThat(CHECK.compare(List.of(), List.of()).drifted()).isFalse();
    }

    private static List<String> drifted(List<ColumnSample> reference, List<ColumnSample> current) {
        return CHECK.compare(reference, current).tests().stream()
                .filter(ColumnTest::drifted)
                .map(test -> test.column() + " " + test.test())
                .toList();
    }

    private static List<ColumnSample> identifiers(Random random, int rows) {
        Map<String, Long> words = new java.util.HashMap<>();
        for (int i = 0; i < rows; i++) {
            words.put(Long.toHexString(random.nextLong()), 1L);
        }
        return List.of(ColumnSample.ofWords("id", rows, words));
    }

    private static List<ColumnSample> table(Random random, int rows, int columns, int moved, double shift) {
        List<ColumnSample> table = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            double[] values = RandomValues.gaussians(random, rows);
            for (int i = 0; i < rows && c < moved; i++) {
                values[i] += shift;
            }
            table.add(ColumnSample.ofNumbers("c" + c, rows, values));
        }
        return table;
    }
}
