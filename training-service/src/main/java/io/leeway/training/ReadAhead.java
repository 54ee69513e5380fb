package io.leeway.training;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads and parses on a thread of its own while what came before is learned: some batches ahead and no more, so that whoever learns too
 * slowly falls behind on the topic and not in memory. One thread may poll; {@link #behind} may be asked from any.
 */
final class ReadAhead implements FeedbackStream.Reading {
    private static final int BATCHES = 4;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long JOIN_MILLIS = 20;

    private final FeedbackStream.Reading reading;
    private final BlockingQueue<List<FeedbackStream.Item>> ahead = new ArrayBlockingQueue<>(BATCHES);
    private final AtomicLong waiting = new AtomicLong();
    private final Thread thread;
    private volatile long unread;
    private volatile RuntimeException failure;
    private volatile boolean over;

    private ReadAhead(FeedbackStream.Reading reading, String name) {
        this.reading = reading;
        this.thread = new Thread(this::read, name);
        thread.setDaemon(true);
    }

    /** @param reading owned by the thread from now on */
    static ReadAhead of(FeedbackStream.Reading reading, String name) {
        ReadAhead ahead = new ReadAhead(reading, name);
        ahead.thread.start();
        return ahead;
    }

    private void read() {
        try {
            while (!over) {
                List<FeedbackStream.Item> items = reading.poll(POLL);
                unread = reading.behind();
                if (!items.isEmpty()) {
                    waiting.addAndGet(items.size());
                    ahead.put(items);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reading.close();
        }
    }

    @Override
    public List<FeedbackStream.Item> poll(Duration wait) {
        List<FeedbackStream.Item> items;
        try {
            items = ahead.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
        if (items == null && failure != null) {
            throw failure;
        }
        if (items == null) {
            return List.of();
        }
        waiting.addAndGet(-items.size());
        return items;
    }

    @Override
    public long behind() {
        return unread + waiting.get();
    }

    @Override
    public String topic() {
        return reading.topic();
    }

    @Override
    public boolean isAnother() {
        return reading.isAnother();
    }

    /** Returns when the thread has ended. */
    @Override
    public void close() {
        over = true;
        try {
            while (thread.isAlive()) {
                ahead.clear(); // It may be waiting for room.
                thread.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
