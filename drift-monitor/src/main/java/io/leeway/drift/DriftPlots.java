package io.leeway.drift;

import io.leeway.core.drift.Calibration;
import io.leeway.drift.Chunks.Chunk;
import io.leeway.drift.Page.Course;
import io.leeway.drift.PastChecks.PastCheck;
import io.leeway.report.Plot;
import io.leeway.report.Plot.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The curves of a loop's page: courses of measures, evidence, checks, calibration. */
final class DriftPlots {
    /** Standard deviations of a chunk's mean to either side that the band of usual means holds. */
    private static final double BAND = 4;

    private static final double LEAST_EVIDENCE = 1e-8;

    private DriftPlots() {}

    static Plot checks(Page page) {
        Instant start = Instant.parse(page.checks().get(0).time());
        List<Point> points = new ArrayList<>();
        Plot plot = Plot.of("Checks of inputs", since(start), "largest effect");
        String marked = "";
        for (PastCheck check : page.checks()) {
            double x = minutes(start, Instant.parse(check.time()));
            points.add(new Point(x, check.effect()));
            if (check.drifted() && !check.input().equals(marked)) {
                plot.mark(check.input(), x);
            }
            marked = check.drifted() ? check.input() : "";
        }
        return plot.curve("largest effect of any input that moved", points)
                .level("smallest that counts", page.settings().minimumEffect())
                .fromZero();
    }

    static Plot evidence(List<Course> courses) {
        Instant start = courses.stream()
                .map(course -> course.chunks().get(0).from())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Plot plot = Plot.of("Evidence for a change", since(start), "share of what alarms")
                .logarithmic();
        for (Course course : courses) {
            plot.curve(
                    course.kind(),
                    course.chunks().stream()
                            .map(chunk ->
                                    new Point(minutes(start, chunk.from()), Math.max(LEAST_EVIDENCE, chunk.evidence())))
                            .toList());
        }
        return plot.level("alarm", 1);
    }

    /** Means of chunks, the band that holds usual ones, and the alarms. */
    static Plot course(Course course) {
        Instant start = course.chunks().get(0).from();
        Plot plot = Plot.of(course.name(), since(start), course.kind());
        List<Point> means = new ArrayList<>();
        List<Point> low = new ArrayList<>();
        List<Point> high = new ArrayList<>();
        double[] usual = usual(course);
        long whole = course.chunks().get(0).count();
        for (Chunk chunk : course.chunks()) {
            if (2 * chunk.count() < whole) {
                continue; // The newest, which has hardly begun.
            }
            double x = minutes(start, chunk.from());
            double reach = BAND * usual[1] / Math.sqrt(chunk.count());
            means.add(new Point(x, chunk.mean()));
            low.add(new Point(x, usual[0] - reach));
            high.add(new Point(x, usual[0] + reach));
        }
        plot.curve("mean of a chunk", means);
        if (usual[1] > 1e-9 * Math.abs(usual[0])) { // What never varies has no band.
            plot.level("usual, at least", low).level("usual, at most", high);
        }
        course.alarms().forEach(alarm -> plot.mark("alarm", minutes(start, alarm)));
        return plot;
    }

    /** Mean and standard deviation of the values before the first alarm. */
    private static double[] usual(Course course) {
        Instant end = course.alarms().isEmpty() ? Instant.MAX : course.alarms().get(0);
        double count = 0;
        double sum = 0;
        double squares = 0;
        List<Chunk> chunks = course.chunks();
        for (int i = 0; i < chunks.size(); i++) {
            boolean before = i + 1 < chunks.size() ? !chunks.get(i + 1).from().isAfter(end) : end == Instant.MAX;
            if (before || i == 0) {
                count += chunks.get(i).count();
                sum += chunks.get(i).sum();
                squares += chunks.get(i).squares();
            }
        }
        double mean = sum / count;
        return new double[] {mean, Math.sqrt(Math.max(0, squares / count - mean * mean))};
    }

    static Plot calibration(Calibration calibration) {
        List<Calibration.Bin> bins = calibration.bins();
        List<Point> held = bins.stream()
                .map(bin -> new Point(bin.predicted(), bin.observed()))
                .toList();
        double low = bins.stream().mapToDouble(Calibration.Bin::predicted).min().orElse(0);
        double high =
                bins.stream().mapToDouble(Calibration.Bin::predicted).max().orElse(1);
        return Plot.of("Do predictions hold? The newest " + calibration.rows() + " feedbacks", "predicted", "observed")
                .curve("observed, by tenths of the predictions", held)
                .level("as predicted", List.of(new Point(low, low), new Point(high, high)));
    }

    private static String since(Instant start) {
        return "minutes since " + start.truncatedTo(ChronoUnit.SECONDS);
    }

    private static double minutes(Instant start, Instant time) {
        return Duration.between(start, time).toMillis() / 60_000.0;
    }
}
