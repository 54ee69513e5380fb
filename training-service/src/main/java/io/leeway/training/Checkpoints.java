package io.leeway.training;

import io.leeway.contracts.rest.Checkpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checkpoints of continuous learners, as long as they are kept. Changes need a transaction. */
public interface Checkpoints {
    /** Keeps a checkpoint; one that was there of the same name gives way to it. */
    void add(Checkpoint checkpoint, byte[] artifact);

    /** The newest that has been published since the version became champion, unless it was taken back after that. */
    Optional<Checkpoint> serving(String loop, long version);

    /** Those of the version that are there serve no more. */
    void takeBack(String loop, long version);

    /** Newest first, made before {@code before}. */
    List<Checkpoint> page(String loop, int limit, Instant before);

    Optional<byte[]> artifact(String loop, long version, long feedbacks);

    /** Drops what is older, and of the rest the oldest until no more than so many bytes are left; the newest stays. */
    void prune(String loop, Instant before, long mostBytes);
}
