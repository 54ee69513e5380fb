package io.leeway.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataGateTest {
    private static final DataLimits LIMITS = DataLimits.of(100, 5);

    @Test
    void namesWhatIsMissing() {
        assertThat(data(Rows.logged(99, 0.5)).reason()).isEqualTo("too few rows: 99 of 100");
        assertThat(data(Rows.logged(100, 0.5)).passed()).isTrue();
        assertThat(data(Rows.logged(100, 1)).reason()).isEqualTo("only one action was ever taken: [a]");
        List<JudgedRow> equal = Rows.logged(100, 0.5).stream()
                .map(row -> Rows.with(row, row.time(), row.context(), 1))
                .toList();
        assertThat(data(equal).reason()).isEqualTo("all rewards are the same: 1.0");
        List<JudgedRow> lopsided = new ArrayList<>(Rows.logged(99, 0.9999));
        lopsided.add(Rows.row(99, 0.5, 1, 1e-4, 1));
        assertThat(data(lopsided).reason()).startsWith("the logs hardly cover the actions");
    }

    @Test
    void isNotFooledByOneDayOrOneAction() {
        List<JudgedRow> oneDay = new ArrayList<>();
        List<JudgedRow> spread = new ArrayList<>();
        List<JudgedRow> rows = Rows.logged(400, 0.5);
        for (int i = 0; i < rows.size(); i++) {
            JudgedRow row = rows.get(i);
            Duration late = Duration.ofDays(i < 370 ? 0 : i % 8);
            oneDay.add(Rows.with(row, Rows.START.plus(late), row.context(), row.reward()));
            spread.add(Rows.with(row, Rows.START.plus(Duration.ofDays(i % 8)), row.context(), row.reward()));
        }
        assertThat(data(oneDay).reason()).startsWith("dominated by one day: 2026-01-01 has 93");
        assertThat(data(spread).passed()).isTrue();
        // Within less than a week a day may well dominate: a loop that was made this morning has no other.
        assertThat(data(Rows.logged(400, 0.5)).passed()).isTrue();
        List<JudgedRow> oneAction = new ArrayList<>(Rows.logged(1999, 1).stream()
                .map(row -> Rows.row(1, 0.5, 0, 0.995, row.reward()))
                .toList());
        oneAction.add(Rows.row(2000, 0.5, 1, 0.005, 1));
        DataGate gate = new DataGate(true);
        oneAction.forEach(gate::add);
        assertThat(gate.verdict(DataLimits.of(100, 1)).reason()).startsWith("dominated by one action: a has 100.0 %");
    }

    @Test
    void theSchemaMustBeTheOneThatRequestsCarry() {
        List<JudgedRow> rows = Rows.logged(200, 0.5);
        assertThat(with(rows, Map.of("x", 0.5, "device", "phone")).passed()).isTrue();
        assertThat(with(rows, Map.of("x", 0.5)).reason())
                .isEqualTo("no request carries the input device, which the rows have");
        assertThat(with(rows, Map.of("x", 0.5, "device", "phone", "age", 30)).reason())
                .isEqualTo("no row has the input age, which requests carry");
        assertThat(with(rows, Map.of("x", "0.5", "device", "phone")).reason())
                .isEqualTo("the input x is a number in the rows and a category in requests");
    }

    @Test
    void whatTheChampionReadsMustBeThere() {
        FeatureSpec champion = new FeatureSpec(
                List.of(Input.number("x", 0, 1, false), Input.number("gone", 0, 1, false), Input.flag("rare", true)),
                List.of(),
                false);
        DataGate gate = new DataGate(true);
        Rows.logged(200, 0.5).forEach(gate::add);
        Rows.logged(50, 0.5).forEach(gate::addNewest);
        gate.expect(champion);
        assertThat(gate.verdict(LIMITS).reason())
                .isEqualTo("no row has the input gone (a number), which the champion reads");
    }

    /** An input that was taken away at its source must not keep the loop from learning to do without. */
    @Test
    void whatRequestsCarryNoMoreNeedNotBeThere() {
        DataGate gate = new DataGate(true);
        List<JudgedRow> rows = Rows.logged(200, 0.5);
        rows.forEach(gate::add);
        rows.forEach(gate::addNewest);
        rows.forEach(row -> gate.addRequest(row.context()));
        gate.expect(new FeatureSpec(List.of(Input.number("gone", 0, 1, false)), List.of(), false));
        assertThat(gate.verdict(LIMITS).passed()).isTrue();
    }

    private static Verdict with(List<JudgedRow> rows, Map<String, Object> request) {
        DataGate gate = new DataGate(true);
        rows.forEach(gate::add);
        rows.forEach(gate::addNewest);
        for (int i = 0; i < Schema.FEWEST_REQUESTS; i++) {
            gate.addRequest(request);
        }
        return gate.verdict(LIMITS);
    }

    private static Verdict data(List<JudgedRow> rows) {
        DataGate gate = new DataGate(true);
        rows.forEach(gate::add);
        return gate.verdict(LIMITS);
    }
}
