package io.leeway.training;

import io.leeway.contracts.RetrainRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The queue of training jobs. At most one job of a loop runs and at most one waits. A running job is held by a lease: when its
 * holder dies, the lease ends and another holder claims the job.
 */
public interface Jobs {
    Optional<TrainingJob> find(String jobId);

    /** Newest first, older than {@code before}. */
    List<TrainingJob> page(Optional<String> loop, int limit, Optional<String> before);

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

    /** Takes the oldest job that may run now: waiting, or running with a lease that has ended. In its own transaction. */
    Optional<TrainingJob> claim(String owner, Instant now, Instant leaseUntil);

    /** Whether the owner still holds the job; if so, it holds it until then. In its own transaction. */
    boolean extend(String jobId, String owner, Instant leaseUntil);

    /** Ends the lease of a job at once, and does not count the attempt: whoever held it was told to stop. In its own transaction. */
    void giveBack(String jobId, String owner, Instant now);

    /** Saves a running or ended job if the owner still holds it. */
    boolean save(TrainingJob job, String owner);
}
