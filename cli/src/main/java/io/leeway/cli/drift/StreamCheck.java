package io.leeway.cli.drift;

import io.leeway.core.drift.Detector;
import io.leeway.core.drift.EDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A detector run over a stream of numbers. */
record StreamCheck(List<Alarm> alarms, double[] evidence, int chunk) {
    private static final int CHUNKS = 300;

    /**
     * An alarm.
     *
     * @param position number of the item, from 1, at which the detector alarmed
     * @param changedAt number of the item at which the change seems to have begun; null if the detector does not say
     * @param what level or spread; null if the detector does not say
     */
    record Alarm(long position, Long changedAt, String what, Double before, Double after, String words) {}

    static StreamCheck run(Detector detector, double[] values) {
        int chunk = Math.max(1, values.length / CHUNKS);
        List<Alarm> alarms = new ArrayList<>();
        double[] evidence = new double[(values.length + chunk - 1) / chunk];
        for (int i = 0; i < values.length; i++) {
            boolean alarm = detector.add(values[i]);
            if (alarm) {
                alarms.add(alarm(detector, i + 1L));
            }
            if (detector instanceof EDetector known) {
                double now = alarm ? known.threshold() : known.statistic();
                evidence[i / chunk] = Math.max(evidence[i / chunk], now);
            }
        }
        return new StreamCheck(List.copyOf(alarms), evidence, chunk);
    }

    private static Alarm alarm(Detector detector, long position) {
        if (!(detector instanceof EDetector known) || known.lastChange().isEmpty()) {
            return new Alarm(position, null, null, null, null, "changed");
        }
        EDetector.Change change = known.lastChange().get();
        String words = change.ofSpread()
                ? "spread " + (change.up() ? "grew" : "shrank")
                : String.format(
                        Locale.ROOT,
                        "%s, mean %s → %s",
                        change.up() ? "rose" : "fell",
                        Words.number(change.before()),
                        Words.number(change.after()));
        return new Alarm(
                position,
                change.changedAt(),
                change.ofSpread() ? "spread" : "level",
                change.before(),
                change.after(),
                words);
    }
}
