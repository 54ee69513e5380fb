package io.leeway.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Draws one plot as SVG. */
final class Drawing {

    private static final double WIDTH = 900;
    private static final double LEFT = 56;
    private static final double RIGHT = 872;
    private static final double PLOT_HEIGHT = 230;
    private static final double ROW = 16;
    private static final double LETTER = 6.3;
    private static final int COLOURS = 6;

    private final Plot plot;
    private final List<Plot.Mark> marks;
    private final List<Integer> markRows = new ArrayList<>();
    private final Axis x;
    private final Axis y;
    private final double top;
    private final double bottom;
    private final StringBuilder svg = new StringBuilder();

    Drawing(Plot plot) {
        this.plot = plot;
        this.marks = plot.marks().stream()
                .sorted(Comparator.comparingDouble(Plot.Mark::x))
                .toList();
        this.x = horizontal();
        int rows = placeMarks();
        this.top = 8 + (plot.bands().isEmpty() ? 0 : ROW) + ROW * rows;
        this.bottom = top + PLOT_HEIGHT;
        this.y = vertical();
    }

    String toHtml() {
        svg.append(format(
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">\n",
                WIDTH, bottom + 40, Html.escape(plot.title())));
        bands();
        grid();
        plot.levels().forEach(level -> curve(level, "level"));
        plot.curves().forEach(curve -> curve(curve, "curve"));
        marks();
        bandNames();
        svg.append("</svg>");
        return "<figure>" + svg + legend() + "</figure>";
    }

    private void bands() {
        for (int i = 0; i < plot.bands().size(); i++) {
            Plot.Band band = plot.bands().get(i);
            double from = x.pixel(band.from());
            double width = x.pixel(band.to()) - from;
            svg.append(format(
                    "<rect class=\"band%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>\n",
                    i % 2, from, top, width, PLOT_HEIGHT, Html.escape(band.name())));
        }
    }

    /** Written last, over the marks' lines; a name that does not fit is cut, or left to the tooltip. */
    private void bandNames() {
        for (Plot.Band band : plot.bands()) {
            double from = x.pixel(band.from());
            double width = x.pixel(band.to()) - from;
            int letters = (int) (width / LETTER);
            String name = band.name();
            if (letters >= Math.min(4, name.length())) {
                text(
                        from + width / 2,
                        top - 5,
                        "middle",
                        "",
                        name.length() <= letters ? name : name.substring(0, letters - 1) + "…");
            }
        }
    }

    private void grid() {
        List<Double> rows = y.ticks(5);
        for (double tick : rows) {
            double at = y.pixel(tick);
            line("grid", LEFT, at, RIGHT, at);
            text(LEFT - 7, at + 4, "end", "", y.label(tick, rows));
        }
        List<Double> columns = x.ticks(8);
        for (double tick : columns) {
            line("axis", x.pixel(tick), bottom, x.pixel(tick), bottom + 4);
            text(x.pixel(tick), bottom + 18, "middle", "", x.label(tick, columns));
        }
        line("axis", LEFT, bottom, RIGHT, bottom);
        text((LEFT + RIGHT) / 2, bottom + 35, "middle", "", plot.xLabel());
        svg.append(format(
                "<text transform=\"translate(12 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
                (top + bottom) / 2, Html.escape(plot.yLabel())));
    }

    private void curve(Plot.Curve curve, String kind) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (Plot.Point point : curve.points()) {
            if (y.shows(point.y())) {
                path.append(format("%s%.1f %.1f", drawing ? "L" : "M", x.pixel(point.x()), y.pixel(point.y())));
                drawing = true;
            } else {
                drawing = false;
            }
        }
        if (!path.isEmpty()) {
            svg.append(format(
                    "<path class=\"%s\" stroke=\"var(--c%d)\" d=\"%s\"><title>%s</title></path>\n",
                    kind, curve.colour() % COLOURS, path, Html.escape(curve.name())));
        }
    }

    private void marks() {
        for (int i = 0; i < marks.size(); i++) {
            Plot.Mark mark = marks.get(i);
            double at = x.pixel(mark.x());
            double label = ROW * (markRows.get(i) + 1) - 4;
            line("tick", at, label + 3, at, bottom);
            boolean left = leftOf(mark);
            text(left ? at - 3 : at + 3, label, left ? "end" : "start", "mark", mark.name());
        }
    }

    /** Gives each mark the first row in which its name meets no other; returns the number of rows. */
    private int placeMarks() {
        List<List<double[]>> rows = new ArrayList<>();
        for (Plot.Mark mark : marks) {
            double at = x.pixel(mark.x());
            double width = mark.name().length() * LETTER + 8;
            double[] span = leftOf(mark) ? new double[] {at - width, at} : new double[] {at, at + width};
            int row = 0;
            while (row < rows.size()
                    && rows.get(row).stream().anyMatch(other -> span[0] < other[1] && other[0] < span[1])) {
                row++;
            }
            if (row == rows.size()) {
                rows.add(new ArrayList<>());
            }
            rows.get(row).add(span);
            markRows.add(row);
        }
        return rows.size();
    }

    private boolean leftOf(Plot.Mark mark) {
        return x.pixel(mark.x()) + mark.name().length() * LETTER + 8 > RIGHT;
    }

    private Axis horizontal() {
        double[] ends = ends(Stream.concat(
                Stream.concat(
                        points().map(Plot.Point::x),
                        plot.bands().stream().flatMap(band -> Stream.of(band.from(), band.to()))),
                plot.marks().stream().map(Plot.Mark::x)));
        return new Axis(ends[0], ends[1], LEFT, RIGHT, false);
    }

    private Axis vertical() {
        boolean log = plot.isLogarithmic();
        double[] ends = ends(points().map(Plot.Point::y).filter(value -> !log || value > 0));
        if (log) {
            return new Axis(Axis.roundedDown(ends[0]), Axis.roundedUp(ends[1]), bottom, top, true);
        }
        double margin = 0.06 * (ends[1] - ends[0]);
        double low = plot.startsAtZero() ? Math.min(0, ends[0]) : ends[0] - margin;
        return new Axis(low, ends[1] + margin, bottom, top, false);
    }

    private Stream<Plot.Point> points() {
        return Stream.concat(plot.curves().stream(), plot.levels().stream()).flatMap(curve -> curve.points().stream());
    }

    /** Smallest and largest finite value, never equal. */
    private static double[] ends(Stream<Double> values) {
        double[] finite = values.mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (finite.length == 0) {
            return new double[] {0, 1};
        }
        double low = finite[0];
        double high = finite[finite.length - 1];
        return high > low ? new double[] {low, high} : new double[] {low - 0.5, high + 0.5};
    }

    private String legend() {
        StringBuilder html = new StringBuilder("<figcaption>");
        Stream.concat(plot.curves().stream(), plot.levels().stream()).forEach(curve -> {
            String kind = plot.levels().contains(curve) ? "level" : "curve";
            html.append(format(
                    "<span><svg viewBox=\"0 0 24 10\" aria-hidden=\"true\"><path class=\"%s\" stroke=\"var(--c%d)\" d=\"M0 5H24\"/></svg>%s</span>",
                    kind, curve.colour() % COLOURS, Html.escape(curve.name())));
        });
        return html.append("</figcaption>").toString();
    }

    private void line(String kind, double fromX, double fromY, double toX, double toY) {
        svg.append(format(
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                kind, fromX, fromY, toX, toY));
    }

    private void text(double atX, double atY, String anchor, String kind, String words) {
        svg.append(format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                kind, atX, atY, anchor, Html.escape(words)));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
