package io.leeway.simulator.traffic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A few threads that work off moments one after the other, at a bounded rate. Which thread takes which moment is chance;
 * which moments are taken is not.
 */
final class Workers implements AutoCloseable {

    private static final long ASK_AGAIN_NANOS = 100_000_000L;
    private static final long HOLD_NANOS = 5_000_000L;

    private final int count;
    private final double perSecond;
    private final AtomicLong next;
    private final ExecutorService threads;
    private volatile BooleanSupplier hold = () -> false;

    Workers(TrafficOptions options, long firstMoment) {
        this.count = options.workers();
        this.perSecond = options.perSecond();
        this.next = new AtomicLong(firstMoment);
        AtomicLong number = new AtomicLong();
        ThreadFactory daemons = work -> {
            Thread thread = new Thread(work, "traffic-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        this.threads = Executors.newFixedThreadPool(count, daemons);
    }

    /** No new moment is begun while this holds; asked often, from the workers' threads. */
    void holdWhile(BooleanSupplier condition) {
        hold = condition;
    }

    /** The moment that comes next. */
    long next() {
        return next.get();
    }

    /**
     * Works off moments until as many are done, or until the condition holds.
     *
     * @return the results in the order of their moments
     */
    <A extends Account> List<A> run(long atMost, BooleanSupplier until, Work<A> work) throws InterruptedException {
        long first = next.get();
        long end = Math.addExact(first, atMost);
        Pace pace = new Pace(perSecond, System.nanoTime());
        AtomicLong slots = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<List<A>>> parts = new ArrayList<>();
        for (int worker = 0; worker < count; worker++) {
            parts.add(threads.submit(() -> {
                List<A> done = new ArrayList<>();
                while (await(pace, slots.getAndIncrement(), stop, until)) {
                    long moment = next.getAndUpdate(at -> at < end ? at + 1 : at);
                    if (moment >= end) {
                        break;
                    }
                    done.add(work.at(moment));
                }
                return done;
            }));
        }
        return collect(parts, stop);
    }

    private static <A extends Account> List<A> collect(List<Future<List<A>>> parts, AtomicBoolean stop)
            throws InterruptedException {
        List<A> all = new ArrayList<>();
        try {
            for (Future<List<A>> part : parts) {
                all.addAll(part.get());
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("traffic broke off: " + broken.getCause(), broken.getCause());
        } finally {
            stop.set(true);
        }
        all.sort(Comparator.comparingLong(Account::moment));
        return all;
    }

    /** Waits for the time of this slot; false when the work is to end. A moment is taken only afterwards, so none is lost. */
    private boolean await(Pace pace, long slot, AtomicBoolean stop, BooleanSupplier until) {
        long due = pace.due(System.nanoTime());
        while (!stop.get() && !Thread.currentThread().isInterrupted()) {
            if (slot > 0 && until.getAsBoolean()) {
                stop.set(true);
                return false;
            }
            long left = due - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(Math.min(left, ASK_AGAIN_NANOS));
            } else if (hold.getAsBoolean()) {
                LockSupport.parkNanos(HOLD_NANOS);
            } else {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** What is done at a moment. */
    interface Work<A extends Account> {
        A at(long moment) throws InterruptedException;
    }
}
