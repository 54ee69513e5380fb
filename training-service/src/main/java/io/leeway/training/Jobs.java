package io.leeway.training;

import io.leeway.contracts.RetrainRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The queue of training jobs. At most one job of a loop runs and at most one waits. A running job is held by a lease: when its
 * holder dies, the lease ends and another holder claims the job.
 */
public interface Jobs {
    Optional<TrainingJob> find(String jobId);

    /** Newest first. */
    List<TrainingJob> page(Optional<String> loop, Page page);

    /** The job that a request led to. */
    Optional<String> ofRequest(String requestId);

    /** The newest job of a loop, whatever its state. */
    Optional<TrainingJob> newest(String loop);

    /** The job of a loop that waits; needs the loop's lock. */
    Optional<TrainingJob> waiting(String loop);

    long countOf(String loop);

    /** Part of the caller's transaction, which holds the loop's lock. */
    void add(TrainingJob job);

    /** Changes a job that still waits. Part of the caller's transaction. */
    void replace(TrainingJob job);

    /** Writes down that a request was dealt with. Part of the caller's transaction. */
    void remember(RetrainRequest request, String jobId, boolean merged, Instant now);

    /**
     * Takes the job that goes first of those that may run now: waiting, or running with a lease that has ended. Each step of
     * urgency goes ahead of what was asked up to ten minutes earlier, so that nothing waits for ever. In its own transaction.
     */
    Optional<TrainingJob> claim(String owner, Instant now, Instant leaseUntil);

    /** Whether the owner still holds the job; if so, it holds it until then. In its own transaction. */
    boolean extend(String jobId, String owner, Instant leaseUntil);

    /** Ends the lease of a job at once, and does not count the attempt: whoever held it was told to stop. In its own transaction. */
    void giveBack(String jobId, String owner, Instant now);

    /** Saves a running or ended job if the owner still holds it. */
    boolean save(TrainingJob job, String owner);

    /** Lets go of a job that is to be tried again: its lease ends then. Part of the caller's transaction. */
    boolean retry(TrainingJob job, String owner, Instant at);

    /** Which of these owners still hold a job. In its own transaction. */
    Set<String> holding(Set<String> owners);

    /** Reads a job and keeps others from changing it. Part of the caller's transaction. */
    Optional<TrainingJob> lock(String jobId);

    /** Ends a job whoever holds it, who will find that it does not any more. Part of the caller's transaction. */
    void stop(TrainingJob ended);

    /** Jobs that have not ended though their deadline has passed. */
    List<TrainingJob> late(Instant now);
}
