package io.leeway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PlotTest {

    @Test
    void svgIsWellFormedAndStaysInItsFrame() throws Exception {
        List<Plot.Point> points = new ArrayList<>();
        for (int x = 0; x <= 50; x++) {
            points.add(new Plot.Point(x, x == 20 ? Double.NaN : Math.sin(x / 7.0)));
        }
        String html = Plot.of("A & B", "x", "y")
                .curve("wave <1>", points)
                .level("half", 0.5)
                .band("first", 0, 25)
                .band("second", 25, 50)
                .mark("drift", 49)
                .mark("alarm", 49.5)
                .toHtml();
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
        Matcher numbers =
                Pattern.compile("[ML](-?[0-9.]+) (-?[0-9.]+)").matcher(html.substring(0, html.indexOf("<figcaption>")));
        int count = 0;
        while (numbers.find()) {
            assertThat(Double.parseDouble(numbers.group(1))).isBetween(56.0, 888.0);
            assertThat(Double.parseDouble(numbers.group(2))).isBetween(0.0, 300.0);
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(52);
        // The gap begins the curve anew.
        assertThat(html).containsPattern("class=\"curve\"[^>]*d=\"M[^\"M]*M[^\"M]*\"");
    }

    @Test
    void higherValuesAreDrawnHigher() {
        Axis linear = new Axis(0, 10, 200, 100, false);
        assertThat(linear.pixel(0)).isEqualTo(200);
        assertThat(linear.pixel(10)).isEqualTo(100);
        assertThat(linear.pixel(5)).isEqualTo(150);
        Axis logarithmic = new Axis(1, 100, 200, 100, true);
        assertThat(logarithmic.pixel(10)).isEqualTo(150);
    }

    @Test
    void ticksAreRoundAndToldApart() {
        Axis axis = new Axis(0.31, 0.92, 0, 100, false);
        List<Double> ticks = axis.ticks(5);
        assertThat(ticks.stream().map(tick -> axis.label(tick, ticks)))
                .containsExactly("0.4", "0.5", "0.6", "0.7", "0.8", "0.9");
        Axis wide = new Axis(0, 60_000, 0, 100, false);
        List<Double> thousands = wide.ticks(8);
        assertThat(thousands.stream().map(tick -> wide.label(tick, thousands))).contains("10,000", "60,000");
    }

    @Test
    void plotWithoutAnyPointIsStillAPlot() {
        assertThat(Plot.of("empty", "x", "y").curve("nothing", List.of()).toHtml())
                .contains("<svg")
                .doesNotContain("NaN");
        assertThat(Plot.of("flat", "x", "y")
                        .curve("one", List.of(new Plot.Point(1, 5), new Plot.Point(2, 5)))
                        .toHtml())
                .doesNotContain("NaN");
    }
}
