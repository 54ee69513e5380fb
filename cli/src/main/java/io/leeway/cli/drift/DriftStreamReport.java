package io.leeway.cli.drift;

import io.leeway.report.Plot;
import io.leeway.report.Plot.Point;
import io.leeway.report.Report;
import io.leeway.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The alarms on a stream as text, JSON and a page that stands alone. */
record DriftStreamReport(
        String file, String detector, double budget, Double threshold, double[] values, StreamCheck check) {

    /** Beyond this many standard errors of a chunk's mean the course leaves its band. */
    private static final double BAND = 3;

    String text() {
        return report().toText();
    }

    private Report report() {
        Report report = Report.of("Drift along " + java.nio.file.Path.of(file).getFileName())
                .verdict(
                        check.alarms().isEmpty(),
                        check.alarms().size() + (check.alarms().size() == 1 ? " alarm" : " alarms"))
                .summary(String.format(
                        "%,d items, detector %s, at most one false alarm wanted in %,.0f items.",
                        values.length, detector, budget));
        if (!check.alarms().isEmpty()) {
            Table table = Table.of("alarms", "Alarms")
                    .column("position", "item")
                    .column("changedAt", "changed at about")
                    .column("words", "what");
            check.alarms().forEach(alarm -> table.row(alarm.position(), alarm.changedAt(), alarm.words()));
            report.table(table);
        }
        return report;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file);
        json.put("detector", detector);
        json.put("budget", budget);
        json.put("threshold", threshold);
        json.put("items", values.length);
        json.put("alarmCount", check.alarms().size());
        json.put(
                "positions",
                check.alarms().stream().map(StreamCheck.Alarm::position).toList());
        json.put("alarms", check.alarms());
        return json;
    }

    Report page() {
        Report report = report().plot(course());
        if (threshold != null) {
            report.plot(evidence());
        }
        return report.footer(
                "Positions count from 1. The band is where the mean of a chunk stays as long as nothing changes: "
                        + "three standard errors about the mean since the last alarm.");
    }

    private Plot course() {
        Plot plot = Plot.of("Mean of " + check.chunk() + " items each", "item", "mean");
        List<Point> means = new ArrayList<>();
        List<Point> low = new ArrayList<>();
        List<Point> high = new ArrayList<>();
        int segment = 0;
        for (int from = 0; from < values.length; from += check.chunk()) {
            int to = Math.min(values.length, from + check.chunk());
            while (segment < check.alarms().size() && since(segment) <= from) {
                segment++;
            }
            double[] stretch = moments(
                    segment == 0 ? 0 : since(segment - 1),
                    segment == check.alarms().size() ? values.length : since(segment));
            double reach = BAND * stretch[1] / Math.sqrt(to - from);
            double x = (from + to) / 2.0;
            means.add(new Point(x, moments(from, to)[0]));
            low.add(new Point(x, stretch[0] - reach));
            high.add(new Point(x, stretch[0] + reach));
        }
        plot.curve("mean", means).level("band, lower edge", low).level("band, upper edge", high);
        check.alarms().forEach(alarm -> plot.mark("alarm", alarm.position()));
        return plot;
    }

    /** Index of the first item after the change that this alarm found. */
    private int since(int alarm) {
        StreamCheck.Alarm found = check.alarms().get(alarm);
        return (int) (found.changedAt() == null ? found.position() : found.changedAt() - 1);
    }

    private Plot evidence() {
        Plot plot = Plot.of("Evidence for a change", "item", "powers of ten");
        List<Point> points = new ArrayList<>();
        for (int c = 0; c < check.evidence().length; c++) {
            points.add(new Point((c + 0.5) * check.chunk(), Math.log10(Math.max(1, check.evidence()[c]))));
        }
        plot.curve("largest in the chunk", points).level("threshold", Math.log10(threshold));
        check.alarms().forEach(alarm -> plot.mark("alarm", alarm.position()));
        return plot;
    }

    private double[] moments(int from, int to) {
        double mean = 0;
        double squares = 0;
        for (int i = from; i < to; i++) {
            double before = values[i] - mean;
            mean += before / (i - from + 1);
            squares += before * (values[i] - mean);
        }
        return new double[] {mean, Math.sqrt(squares / Math.max(1, to - from))};
    }
}
