package io.leeway.cli.bench;

import io.leeway.cli.bench.IngestResult.Memory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Looks at a logger's memory while it works: the process every ten seconds, what lives on its heap every minute. Not thread safe. */
final class MemoryWatch {
    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int SAMPLES_PER_MINUTE = 6;
    private static final double MEGABYTE = 1 << 20;

    private final LoggerUnderTest logger;
    private final Consumer<String> tell;
    private final List<Double> resident = new ArrayList<>();
    private final List<Double> heap = new ArrayList<>();
    private final long begin = System.nanoTime();

    MemoryWatch(LoggerUnderTest logger, Consumer<String> tell) {
        this.logger = logger;
        this.tell = tell;
        heap.add(logger.liveHeapBytes() / MEGABYTE);
    }

    /** To be called often. */
    void look() {
        if (System.nanoTime() - begin < resident.size() * EVERY_NANOS) {
            return;
        }
        resident.add(logger.residentBytes() / MEGABYTE);
        if (resident.size() % SAMPLES_PER_MINUTE == 0) {
            heap.add(logger.liveHeapBytes() / MEGABYTE);
            tell.accept(String.format(
                    Locale.ROOT,
                    "minute %d: %.0f MB, %.1f MB of them live on the heap",
                    resident.size() / SAMPLES_PER_MINUTE,
                    last(resident),
                    last(heap)));
        }
    }

    /** @param events sent meanwhile */
    Memory end(double minutes, double perSecond, long events) {
        return new Memory(
                minutes,
                perSecond,
                events,
                resident.get(0),
                last(resident),
                resident.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                slope(resident) * SAMPLES_PER_MINUTE,
                heap.get(0),
                last(heap),
                slope(heap),
                resident,
                heap);
    }

    private static double last(List<Double> values) {
        return values.get(values.size() - 1);
    }

    /** Of the straight line through the second half of the values, by least squares: the first half fills caches. */
    static double slope(List<Double> values) {
        List<Double> half = values.subList(values.size() / 2, values.size());
        double meanTime = (half.size() - 1) / 2.0;
        double mean = half.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < half.size(); i++) {
            products += (i - meanTime) * (half.get(i) - mean);
            squares += (i - meanTime) * (i - meanTime);
        }
        return products / squares;
    }
}
