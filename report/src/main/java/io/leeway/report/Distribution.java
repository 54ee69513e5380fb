package io.leeway.report;

import io.leeway.report.Plot.Point;
import java.util.ArrayList;
import java.util.List;

/** Curves of distributions. Thread safe: no state. */
public final class Distribution {
    private static final int POINTS = 200;

    private Distribution() {}

    /**
     * The share of values up to each of evenly spaced places.
     *
     * @param ascending at least one value
     */
    public static List<Point> upTo(double[] ascending, double low, double high) {
        List<Point> points = new ArrayList<>();
        int below = 0;
        for (int i = 0; i <= POINTS; i++) {
            double x = low + (high - low) * i / POINTS;
            while (below < ascending.length && ascending[below] <= x) {
                below++;
            }
            points.add(new Point(x, (double) below / ascending.length));
        }
        return points;
    }
}
