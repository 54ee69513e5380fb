package io.leeway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = Table.of("phases", "Phases")
            .column("phase", "phase")
            .column("decisions", "decisions")
            .column("regret", "regret", 3)
            .row("cold", 12_000L, 0.35678)
            .row("served by v1", 500L, Double.NaN);

    @Test
    void textIsAlignedNumbersToTheRight() {
        assertThat(table.toText()).isEqualTo("""
                        Phases
                        phase         decisions  regret
                        ------------  ---------  ------
                        cold             12,000   0.357
                        served by v1        500       -
                        """);
    }

    @Test
    void nothingHasNoSign() {
        Table rounded =
                Table.of("t", "t").column("a", "a", 1).row(-0.04).row(-0.05001).row(0.0);
        assertThat(rounded.toText()).endsWith("0.0\n-0.1\n 0.0\n").doesNotContain("-0.0");
    }

    @Test
    void jsonHoldsTheNumbersAsTheyAre() {
        assertThat(table.toJson().get(0)).containsEntry("regret", 0.35678).containsEntry("decisions", 12_000L);
        assertThat(table.toJson().get(1)).containsEntry("regret", null);
    }

    @Test
    void htmlIsEscaped() {
        String html = Table.of("t", "t").column("a", "<a>").row("x & \"y\"").toHtml();
        assertThat(html).contains("&lt;a&gt;", "x &amp; &quot;y&quot;").doesNotContain("<a>");
    }

    @Test
    void rowsFitTheColumns() {
        assertThatThrownBy(() -> table.row("only one")).hasMessageContaining("values=1, columns=3");
        assertThatThrownBy(() -> table.column("late", "late")).hasMessageContaining("column=late");
    }

    @Test
    void reportAsJsonHoldsTablesAndVerdictByKey() {
        Report report = Report.of("R").verdict(false, "did not close").table(table);
        assertThat(report.toJson()).containsEntry("held", false).containsEntry("phases", table.toJson());
        assertThat(report.toText()).contains("served by v1").contains("did not close");
        assertThat(report.toHtml()).contains("class=\"verdict bad\"");
        assertThat(List.copyOf(report.toJson().keySet()))
                .containsExactly("title", "held", "verdict", "summary", "phases");
    }
}
