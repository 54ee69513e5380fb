package io.leeway.cli.bench;

import io.leeway.cli.bench.ServingResult.Change;
import io.leeway.cli.bench.ServingResult.Swaps;
import io.leeway.contracts.ModelRole;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What model swaps do to latencies: rounds of three runs, two without and one with a swap in its middle, in turning order. The one with is
 * compared with the geometric mean of the two without. Those are compared as well: what they differ by is how exact this is, and a change
 * that is not larger has not been shown.
 */
final class SwapRuns {
    /** At most one swap in so long: several in a second would be in the 99th percentile themselves, and no loop does that. */
    private static final Duration SHORTEST = Duration.ofSeconds(4);

    private static final int WITHOUT = 0;
    private static final int AGAIN = 1;
    private static final int WITH = 2;

    private final ServerUnderTest server;
    private final String loop;
    /** The champion that serves and another, in turns. */
    private final List<byte[]> models;

    private final Load load;
    private final double perSecond;
    private final Duration time;
    private final Consumer<String> tell;
    private long version = 1;
    private long failures;

    SwapRuns(
            ServerUnderTest server,
            String loop,
            List<byte[]> models,
            Load load,
            double perSecond,
            Duration time,
            Consumer<String> tell) {
        this.server = server;
        this.loop = loop;
        this.models = List.copyOf(models);
        this.load = load;
        this.perSecond = perSecond;
        this.time = time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
        this.tell = tell;
    }

    Swaps run(int rounds) {
        swapOnce();
        double[] changes = new double[rounds];
        double[] noise = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            double[] p99 = new double[3];
            for (int turn = 0; turn < 3; turn++) {
                int kind = (round + turn) % 3;
                p99[kind] = p99(kind == WITH);
            }
            changes[round] = p99[WITH] / Math.sqrt(p99[WITHOUT] * p99[AGAIN]) - 1;
            noise[round] = p99[AGAIN] / p99[WITHOUT] - 1;
            tell.accept(String.format(
                    Locale.ROOT,
                    "swaps %d of %d: p99 changed by %+.0f %%; without a swap by %+.0f %%",
                    round + 1,
                    rounds,
                    100 * changes[round],
                    100 * noise[round]));
        }
        return new Swaps(rounds, failures, time.toMillis() / 1e3, change(changes), change(noise));
    }

    private double p99(boolean swapping) {
        Thread swapper = new Thread(
                () -> {
                    LockSupport.parkNanos(time.toNanos() / 2);
                    swapOnce();
                },
                "swapper");
        if (swapping) {
            swapper.start();
        }
        Load.Outcome outcome = load.at(perSecond, time);
        if (swapping) {
            join(swapper);
            failures += outcome.failures();
        }
        return outcome.latencies().quantile(0.99);
    }

    private void swapOnce() {
        version++;
        server.publish(loop, ModelRole.CHAMPION, models.get((int) (version % models.size())), version);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Change change(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = medianRank(sorted.length);
        return new Change(median(sorted), sorted[rank], sorted[sorted.length - 1 - rank]);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * How many values from either end the interval of the median begins, counted from 0: the shortest that holds it with at least
     * 95 %, or the whole range where there are too few values for that.
     *
     * @see "Conover, Practical Nonparametric Statistics, 3rd edition, 3.2: confidence interval for a quantile"
     */
    static int medianRank(int values) {
        double below = Math.pow(0.5, values);
        double probability = below;
        int rank = 0;
        while (2 * (below + probability * (values - rank) / (rank + 1)) <= 0.05) {
            probability *= (double) (values - rank) / (rank + 1);
            below += probability;
            rank++;
        }
        return rank;
    }
}
