package io.leeway.benchmarks.drift;

import io.leeway.core.drift.Detector;
import io.leeway.core.drift.Detectors;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Counts false alarms on stationary streams and delays after a change. Arguments: detector, seeds of the changing streams (from
 * {@code java.util.Random(1000)} on, as the reference figures), streams of a million values of each stationary kind.
 */
public final class SequentialCount {
    private static final int CHANGE_AT = 10_000;
    private static final int MILLION = 1_000_000;

    private SequentialCount() {}

    public static void main(String[] arguments) {
        String name = arguments.length > 0 ? arguments[0] : Detectors.E_DETECTOR;
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        int millions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        Supplier<Detector> detector = () -> Detectors.of(name, MILLION);
        System.out.printf("%s: delay after a change at item %d, %d seeds%n", name, CHANGE_AT, seeds);
        for (Streams.Changing stream : Streams.changing()) {
            System.out.println(delay(stream, seeds, detector));
        }
        System.out.printf("%s: alarms on stationary streams, %d x 1,000,000 items each%n", name, millions);
        for (Map.Entry<String, ToDoubleFunction<Random>> stream :
                Streams.stationary().entrySet()) {
            System.out.println(falseAlarms(stream.getKey(), stream.getValue(), millions, detector));
        }
    }

    private static String delay(Streams.Changing stream, int seeds, Supplier<Detector> made) {
        double sum = 0;
        double squares = 0;
        int found = 0;
        int early = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(1000 + seed);
            Detector detector = made.get();
            for (int i = 0; i < CHANGE_AT; i++) {
                early += detector.add(stream.before().applyAsDouble(random)) ? 1 : 0;
            }
            for (int i = 1; i <= 2 * CHANGE_AT; i++) {
                if (detector.add(stream.after().applyAsDouble(random))) {
                    found++;
                    sum += i;
                    squares += (double) i * i;
                    break;
                }
            }
        }
        double mean = sum / found;
        double error = Math.sqrt((squares / found - mean * mean) / found);
        return String.format(
                Locale.ROOT,
                "  %-22s mean %7.1f  se %5.1f  missed %d  false alarms before %d",
                stream.name(),
                mean,
                error,
                seeds - found,
                early);
    }

    private static String falseAlarms(
            String name, ToDoubleFunction<Random> stream, int millions, Supplier<Detector> made) {
        int alarms = 0;
        int most = 0;
        long begin = System.nanoTime();
        for (int seed = 0; seed < millions; seed++) {
            Random random = new Random(1000 + seed);
            Detector detector = made.get();
            int here = 0;
            for (int i = 0; i < MILLION; i++) {
                here += detector.add(stream.applyAsDouble(random)) ? 1 : 0;
            }
            alarms += here;
            most = Math.max(most, here);
        }
        double nanos = (System.nanoTime() - begin) / (double) MILLION / Math.max(1, millions);
        return String.format(
                Locale.ROOT,
                "  %-22s %4d alarms, %.3f per million, at most %d in one; %.0f ns per item with drawing",
                name,
                alarms,
                alarms / (double) millions,
                most,
                nanos);
    }
}
