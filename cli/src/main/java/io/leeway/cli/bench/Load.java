package io.leeway.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls over some connections, each with a thread of its own. At a given rate, a call's time begins when it was due and not when it could
 * be sent, so that a server that stalls is not measured only by the calls it let through.
 */
final class Load {
    private final URI server;
    private final byte[][] requests;
    private final int connections;

    /** What came of it; latencies in order. */
    record Outcome(Latencies latencies, long failures, double seconds) {
        double perSecond() {
            return latencies.count() / seconds;
        }
    }

    Load(URI server, byte[][] requests, int connections) {
        this.server = server;
        this.requests = requests;
        this.connections = connections;
    }

    /** As fast as the connections go. */
    Outcome saturate(Duration time) {
        return run(time, 0);
    }

    /** At a constant rate over all connections. */
    Outcome at(double perSecond, Duration time) {
        return run(time, perSecond);
    }

    private Outcome run(Duration time, double perSecond) {
        long begin = System.nanoTime() + 1_000_000;
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            callers.add(new Caller(i, begin, begin + time.toNanos(), perSecond));
        }
        callers.forEach(Thread::start);
        Latencies all = new Latencies();
        long failures = 0;
        for (Caller caller : callers) {
            failures += caller.finish(all);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        all.sort();
        return new Outcome(all, failures, seconds);
    }

    private final class Caller extends Thread {
        private final int number;
        private final long begin;
        private final long end;
        private final double perSecond;
        private final Latencies latencies = new Latencies();
        private long failures;
        private IOException broken;

        private Caller(int number, long begin, long end, double perSecond) {
            super("caller-" + number);
            this.number = number;
            this.begin = begin;
            this.end = end;
            this.perSecond = perSecond;
        }

        @Override
        public void run() {
            try (Connection connection = new Connection(server)) {
                for (long i = 0; ; i++) {
                    long due = perSecond > 0 ? awaitDue(i) : System.nanoTime();
                    if (due >= end) {
                        return;
                    }
                    int status = connection.call(requests[(int) ((i * connections + number) % requests.length)]);
                    if (status == 200) {
                        latencies.add(System.nanoTime() - due);
                    } else {
                        failures++;
                    }
                }
            } catch (IOException e) {
                broken = e;
            }
        }

        private long awaitDue(long call) {
            long due = begin + (long) ((call * connections + number) / perSecond * 1e9);
            long wait;
            while (due < end && (wait = due - System.nanoTime()) > 0) {
                LockSupport.parkNanos(wait);
            }
            return due;
        }

        private long finish(Latencies all) {
            try {
                join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (broken != null) {
                throw new UncheckedIOException(broken);
            }
            all.addAll(latencies);
            return failures;
        }
    }
}
