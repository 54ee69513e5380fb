package io.leeway.cli.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/** Sends decisions, each followed by its reward a moment later. */
final class IngestLoad {
    /** So many decisions are under way when a reward follows its own. */
    private static final int REWARD_BEHIND = 200;

    /** More than these are not sent before the logger has stored some. */
    private static final long MOST_OUTSTANDING = 40_000;

    private static final Duration ASKING = Duration.ofMillis(250);

    private final LoggerUnderTest logger;
    private final IngestEvents events;
    private final Deque<String> unrewarded = new ArrayDeque<>();
    private long sent;
    private long rewarded;
    private long landed;
    private long landedBefore;
    private long askedAt;

    IngestLoad(LoggerUnderTest logger, IngestEvents events) {
        this.logger = logger;
        this.events = events;
    }

    /** All events sent so far. */
    long sent() {
        return sent;
    }

    /** As fast as the logger takes it. */
    void saturate(Duration time) {
        landedBefore = logger.feedbackWritten();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (sent - landed >= MOST_OUTSTANDING) {
                LockSupport.parkNanos(20_000_000);
            } else {
                for (int i = 0; i < 100; i++) {
                    one(true);
                }
            }
            ask();
        }
        rewardAll();
    }

    private void ask() {
        if (System.nanoTime() - askedAt > ASKING.toNanos()) {
            landed = logger.feedbackWritten() - landedBefore;
            askedAt = System.nanoTime();
        }
    }

    /** At a constant rate. */
    void at(double perSecond, Duration time, Runnable everyMoment) {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        for (long i = 0; ; i++) {
            long due = begin + (long) (i / perSecond * 1e9);
            if (due >= end) {
                rewardAll();
                return;
            }
            long wait = due - System.nanoTime();
            if (wait > 2_000_000) {
                everyMoment.run();
                LockSupport.parkNanos(wait);
            }
            one(true);
        }
    }

    /** Decisions that nobody rewards. */
    void open(long count) {
        for (long i = 0; i < count; i++) {
            one(false);
        }
        logger.flush();
    }

    /** Sends one decision. */
    String one(boolean rewarded) {
        String id = IngestEvents.id(System.currentTimeMillis(), sent++);
        logger.send(events.decision(id));
        if (rewarded) {
            unrewarded.add(id);
            if (unrewarded.size() > REWARD_BEHIND) {
                reward(unrewarded.remove());
            }
        }
        return id;
    }

    /** Sends the rewards that are still to follow. */
    void rewardAll() {
        while (!unrewarded.isEmpty()) {
            reward(unrewarded.remove());
        }
        logger.flush();
    }

    private void reward(String id) {
        rewarded++;
        logger.send(events.reward(id, IngestEvents.millis(id) + 1));
    }

    /** Returns once all that was sent is in the database: decisions, rewards, and the feedback made of them. */
    void awaitStored() {
        LoggerUnderTest.await("all feedback is stored: " + sent, () -> logger.stored(events.loop()) >= sent);
        LoggerUnderTest.await("all decisions are stored", () -> logger.rows("decision", events.loop()) >= sent);
        LoggerUnderTest.await("all rewards are stored", () -> logger.rows("reward", events.loop()) >= rewarded);
    }
}
