package io.leeway.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A line plot as inline SVG: curves over a number, dashed levels, named bands for phases, and marks for events. Colours
 * come from the page's style, so that it reads on light and dark. Not thread safe while it is filled.
 */
public final class Plot {

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Curve> curves = new ArrayList<>();
    private final List<Curve> levels = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private boolean fromZero;
    private boolean logarithmic;

    /** A point of a curve; a NaN in y makes a gap. */
    public record Point(double x, double y) {}

    record Curve(String name, List<Point> points, int colour) {}

    record Band(double from, double to, String name) {}

    record Mark(double x, String name) {}

    private Plot(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    public static Plot of(String title, String xLabel, String yLabel) {
        return new Plot(title, xLabel, yLabel);
    }

    public Plot curve(String name, List<Point> points) {
        curves.add(new Curve(name, List.copyOf(points), curves.size() + levels.size()));
        return this;
    }

    /** A dashed curve that the others are compared with. */
    public Plot level(String name, List<Point> points) {
        levels.add(new Curve(name, List.copyOf(points), curves.size() + levels.size()));
        return this;
    }

    /** A dashed line at one height over the whole plot. */
    public Plot level(String name, double y) {
        return level(name, List.of(new Point(Double.NEGATIVE_INFINITY, y), new Point(Double.POSITIVE_INFINITY, y)));
    }

    /** A named stretch of the x axis. */
    public Plot band(String name, double from, double to) {
        if (!(from <= to)) {
            throw new IllegalArgumentException("must be from <= to: from=" + from + ", to=" + to);
        }
        bands.add(new Band(from, to, name));
        return this;
    }

    /** A named moment. */
    public Plot mark(String name, double x) {
        marks.add(new Mark(x, name));
        return this;
    }

    /** Lets the y axis begin at zero. */
    public Plot fromZero() {
        fromZero = true;
        return this;
    }

    /** Lets the y axis be logarithmic; values that are not positive are left out. */
    public Plot logarithmic() {
        logarithmic = true;
        return this;
    }

    public String title() {
        return title;
    }

    String xLabel() {
        return xLabel;
    }

    String yLabel() {
        return yLabel;
    }

    List<Curve> curves() {
        return curves;
    }

    List<Curve> levels() {
        return levels;
    }

    List<Band> bands() {
        return bands;
    }

    List<Mark> marks() {
        return marks;
    }

    boolean startsAtZero() {
        return fromZero;
    }

    boolean isLogarithmic() {
        return logarithmic;
    }

    String toHtml() {
        return new Drawing(this).toHtml();
    }
}
