package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.features.LeafVisitor;
import io.leeway.core.features.Leaves;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class MultivariateTest {
    /** The correlation of two of six inputs turns round; every input by itself is as it was. */
    @Test
    @Seed(20261127)
    void seesACorrelationThatTurnsRound(Random random) {
        List<Map<String, Object>> before = rows(random, 1500, 0.8, 0);
        List<Map<String, Object>> after = rows(random, 700, -0.8, 0);
        assertThat(new TableCheck(TableCheck.Settings.DEFAULT)
                        .compare(RowTable.columns(before), RowTable.columns(after))
                        .drifted())
                .isFalse();
        DomainClassifier told = DomainClassifier.compare(before, after, new SplittableRandom(1));
        assertThat(told.areaUnderCurve()).isGreaterThan(0.75);
        assertThat(told.pValue()).isLessThan(1e-6);
        assertThat(told.carriers().subList(0, 2))
                .extracting(DomainClassifier.Carrier::input)
                .containsExactlyInAnyOrder("x0", "x1");
        assertThat(told.words()).contains("AUC 0.", "x0", "x1").doesNotContain("x2");
    }

    /** 60 comparisons at 5 percent: at most 3 expected, sd 1.7; 11 is 4.7 sd above. */
    @Test
    @Seed(20261128)
    void cannotTellLikeFromLike(Random random) {
        int alarms = 0;
        for (int i = 0; i < 60; i++) {
            DomainClassifier told = DomainClassifier.compare(
                    rows(random, 300, 0.5, 0), rows(random, 150, 0.5, 0), new SplittableRandom(i));
            alarms += told.pValue() <= 0.05 ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(11);
        assertThatThrownBy(() -> DomainClassifier.compare(List.of(), List.of(), new SplittableRandom(1)))
                .hasMessageContaining("before=0");
    }

    /** x0 moves and decides; x2 moves as far and is hardly heeded; x3 is heeded and does not move. */
    @Test
    @Seed(20261129)
    void ranksWhatMovedByItsEffectOnDecisions(Random random) {
        List<Map<String, Object>> before = rows(random, 2000, 0, 0);
        List<Map<String, Object>> after = rows(random, 1000, 0, 1);
        Function<Map<String, Object>, double[]> scores =
                row -> new double[] {number(row, "x0") + 0.01 * number(row, "x2"), number(row, "x3")};
        List<DecisionEffect> effects =
                DecisionEffect.rank(scores, before, after, List.of("x0", "x2", "x3", "kind"), new SplittableRandom(3));
        assertThat(effects.get(0).input()).isEqualTo("x0");
        // x0 moved by 1, one of two scores: 0.5 on average. x0 - x3 has sd 1.41: 1 to 0 behind changes 26 percent.
        assertThat(effects.get(0).score()).isCloseTo(0.5, within(0.1));
        assertThat(effects.get(0).decisions()).isCloseTo(0.26, within(0.08));
        assertThat(effects.get(0).words()).startsWith("x0: changes 2");
        effects.stream().skip(1).forEach(effect -> assertThat(effect.decisions())
                .isLessThan(0.06));
        assertThat(effects.get(3)).isEqualTo(new DecisionEffect("kind", 0, 0));
    }

    /** Half of the reds turned blue: carried back, a quarter of all rows score otherwise. */
    @Test
    void carriesWordsAndMissingValuesBack(Random random) {
        List<Map<String, Object>> before = new ArrayList<>();
        List<Map<String, Object>> after = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            before.add(Map.of("colour", i % 2 == 0 ? "red" : "blue", "x", random.nextGaussian()));
            Map<String, Object> row = new HashMap<>();
            row.put("colour", i % 4 == 0 ? "red" : "blue");
            row.put("x", i % 10 == 0 ? null : random.nextGaussian());
            after.add(row);
        }
        Function<Map<String, Object>, double[]> scores =
                row -> new double[] {row.get("colour").equals("red") ? 1 : 0, row.get("x") == null ? 2 : 0.5};
        List<DecisionEffect> effects =
                DecisionEffect.rank(scores, before, after, List.of("colour", "x"), new SplittableRandom(4));
        assertThat(effects).extracting(DecisionEffect::input).containsExactly("colour", "x");
        assertThat(effects.get(0).score()).isCloseTo(0.125, within(0.04));
        assertThat(effects.get(1).score()).isCloseTo(0.075, within(0.04));
    }

    @Test
    @Seed(20261130)
    void saysWhichSegmentMoved(Random random) {
        List<Map<String, Object>> before = rows(random, 3000, 0, 0);
        List<Map<String, Object>> after = rows(random, 1000, 0, 0);
        after.forEach(row -> row.computeIfPresent(
                "x4", (path, x) -> (double) x + (row.get("kind").equals("c") ? 0.9 : 0)));
        assertThat(new TableCheck(TableCheck.Settings.DEFAULT)
                        .compare(RowTable.columns(before), RowTable.columns(after))
                        .drifted())
                .isFalse();
        SegmentCheck check = SegmentCheck.compare(before, after, "kind", TableCheck.Settings.DEFAULT);
        assertThat(check.drifted()).isTrue();
        assertThat(check.segments()).extracting(SegmentCheck.Segment::word).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(check.segments().get(0).word()).isEqualTo("c");
        assertThat(check.segments().get(0).drifted()).containsExactly("x4");
        assertThat(check.segments().get(1).drifted()).isEmpty();
        assertThat(check.leftOut()).containsKey("rare");
    }

    @Test
    void rowsNestAsTheyWereWalked() {
        Map<String, Object> context = Map.of("user", Map.of("age", 7L, "a.b", "x"), "list", List.of(1.5, 2.5));
        Map<String, Object> flat = new TreeMap<>();
        LeafVisitor keep = new LeafVisitor() {
            @Override
            public void number(String path, double value) {
                flat.put(path, value);
            }

            @Override
            public void text(String path, String value) {
                flat.put(path, value);
            }

            @Override
            public void flag(String path, boolean value) {
                flat.put(path, value);
            }

            @Override
            public void missing(String path) {
                flat.put(path, null);
            }
        };
        Leaves.walk(context, keep);
        Map<String, Object> once = new TreeMap<>(flat);
        flat.clear();
        Leaves.walk(RowTable.nested(once), keep);
        assertThat(flat).isEqualTo(once).containsOnlyKeys("user.age", "user.a\\.b", "list.0", "list.1");
    }

    private static double number(Map<String, Object> row, String path) {
        return ((Number) row.get(path)).doubleValue();
    }

    private static List<Map<String, Object>> rows(Random random, int size, double correlation, double shift) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Map<String, Object> row = new HashMap<>();
            for (int c = 0; c < 6; c++) {
                row.put("x" + c, random.nextGaussian());
            }
            double own = number(row, "x1") * Math.sqrt(1 - correlation * correlation);
            row.put("x1", correlation * number(row, "x0") + own);
            row.put("x0", number(row, "x0") + shift);
            row.put("x2", number(row, "x2") + shift);
            double draw = random.nextDouble();
            row.put("kind", draw < 0.55 ? "a" : draw < 0.9 ? "b" : draw < 0.999 ? "c" : "rare");
            rows.add(row);
        }
        rows.get(0).put("kind", "rare");
        return rows;
    }
}
