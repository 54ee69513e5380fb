package io.leeway.training;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.continuous.ContinuousLearner;
import io.leeway.core.bandit.continuous.ContinuousLearners;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import org.jboss.logging.Logger;

/**
 * A learner together with where the feedback topic has been read to: one file, replaced as a whole, so that each feedback is in the
 * learner or still to be read, and never both. Not thread safe.
 */
final class LearningState {
    private static final Logger LOG = Logger.getLogger(LearningState.class);
    private static final int FORMAT = 2;
    /** Before it was known of which topic the offsets are. */
    private static final int WITHOUT_TOPIC = 1;
    /** By which what errors weigh falls with each feedback. */
    private static final double FADING = 0.999;

    private final String identity;
    private final ContinuousLearner learner;
    private final TreeMap<Integer, Long> offsets = new TreeMap<>();
    private String topic = "";
    /** In milliseconds since 1970: when the latest feedback that was learned had been closed, */
    private long learnedUntil;
    /** and until when feedback of another topic counts as learned. */
    private long countsFrom;

    private long feedbacks;
    private long published;
    private long version;
    private boolean heldBack;
    private double error;
    private double errorWeight;

    private LearningState(Loop loop) {
        this.identity = identity(loop);
        this.learner = ContinuousLearners.of(
                loop.settings().training().learner(), loop.kind() == LoopKind.REGRESSION, ForkJoinPool.commonPool());
    }

    /** A loop that was deleted and made again, or has another learner now, is another one. */
    static String identity(Loop loop) {
        return loop.name() + " " + loop.createdAt() + " "
                + loop.settings().training().learner();
    }

    /** Goes on from the file; begins anew if there is none, or one of another loop or learner. */
    static LearningState open(Path file, Loop loop, Map<Integer, Long> floor) {
        return read(file, loop).orElseGet(() -> {
            LearningState fresh = new LearningState(loop);
            fresh.offsets.putAll(floor);
            return fresh;
        });
    }

    private static Optional<LearningState> read(Path file, Loop loop) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Memento memento = Memento.reading(Files.readAllBytes(file));
            int format = memento.whole(0);
            if (format < WITHOUT_TOPIC || format > FORMAT || !memento.text("").equals(identity(loop))) {
                return Optional.empty();
            }
            LearningState state = new LearningState(loop);
            state.exchange(memento, format);
            return Optional.of(state);
        } catch (IllegalArgumentException e) {
            // A file of another release, or damaged: what it held can be learned again from the topic.
            LOG.warnf("%s cannot be used, the learner begins anew: %s", file, e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void exchange(Memento memento, int format) {
        if (format > WITHOUT_TOPIC) {
            topic = memento.text(topic);
            learnedUntil = memento.count(learnedUntil);
            countsFrom = memento.count(countsFrom);
        }
        Integer[] partitions = offsets.keySet().toArray(new Integer[0]);
        int count = memento.length(partitions.length);
        for (int i = 0; i < count; i++) {
            int partition = memento.whole(memento.reads() ? 0 : partitions[i]);
            offsets.put(partition, memento.count(memento.reads() ? 0 : offsets.get(partition)));
        }
        feedbacks = memento.count(feedbacks);
        published = memento.count(published);
        version = memento.count(version);
        heldBack = memento.flag(heldBack);
        error = memento.number(error);
        errorWeight = memento.number(errorWeight);
        learner.exchange(memento);
        memento.mark("end");
    }

    /** All of it at this moment, as the file holds it. */
    byte[] toBytes() {
        Memento memento = Memento.writing();
        memento.whole(FORMAT);
        memento.text(identity);
        exchange(memento, FORMAT);
        return memento.toBytes();
    }

    /** Replaces the file: after a crash at any instant it is the old one or the new one. */
    static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            try (FileOutputStream out = new FileOutputStream(next.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    ContinuousLearner learner() {
        return learner;
    }

    /** By partition the next offset to read. */
    Map<Integer, Long> offsets() {
        return offsets;
    }

    /** The topic of the offsets; empty if that is not known. */
    String topic() {
        return topic;
    }

    void topic(String id) {
        topic = id;
    }

    /**
     * Goes on with a topic that was made anew: from its beginning, but what had been closed before the last feedback that was learned
     * counts as learned, in case somebody filled it with what was saved of the old one.
     */
    void beginTopic(String id, Instant now) {
        topic = id;
        offsets.clear();
        countsFrom = Math.min(learnedUntil, now.toEpochMilli());
    }

    /** Whether the feedback cannot have been learned from a topic that is gone. */
    boolean isOfThisTopic(Feedback feedback) {
        return countsFrom == 0 || feedback.closedAt().toEpochMilli() > countsFrom;
    }

    /** Whether a record has not been read yet. */
    boolean isNew(int partition, long offset) {
        return offset >= offsets.getOrDefault(partition, 0L);
    }

    void read(int partition, long offset) {
        offsets.put(partition, offset + 1);
    }

    /** One more feedback has been learned, whose reward was predicted that far off. */
    void learned(double squaredError, Instant closed) {
        learnedUntil = Math.max(learnedUntil, Math.max(0, closed.toEpochMilli()));
        feedbacks++;
        errorWeight = FADING * errorWeight + 1;
        error += (squaredError - error) / errorWeight;
    }

    long feedbacks() {
        return feedbacks;
    }

    /** The mean squared error of what was predicted, old ones fading; NaN before any. */
    double error() {
        return feedbacks == 0 ? Double.NaN : error;
    }

    /** How many feedbacks had been learned at the last checkpoint. */
    long published() {
        return published;
    }

    void published(long count) {
        published = count;
    }

    /** Goes out from this version now; of another one it is not known to be worse. */
    void version(long champion) {
        heldBack &= champion == version;
        version = champion;
    }

    /** Whether it is worse than its version, and not served. */
    boolean heldBack() {
        return heldBack;
    }

    void heldBack(boolean held) {
        heldBack = held;
    }
}
