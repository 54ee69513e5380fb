package io.leeway.training;

import io.leeway.contracts.ContractViolation;
import io.leeway.kit.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether and when a job that failed is tried again. Stateless. */
final class JobRetry {
    private static final int MOST_DOUBLINGS = 10;

    private JobRetry() {}

    /**
     * When the job is tried again: after a pause that doubles with each attempt. Empty if what failed would fail again, if there were
     * attempts enough, or if the deadline comes before.
     */
    static Optional<Instant> at(
            RuntimeException failure, TrainingJob job, TrainingConfig.JobsConfig config, Instant now) {
        if (!mayPass(failure) || job.attempts() >= config.attempts()) {
            return Optional.empty();
        }
        Duration pause = config.backoff().multipliedBy(1L << Math.min(job.attempts() - 1, MOST_DOUBLINGS));
        Instant at = now.plus(pause);
        Instant deadline = job.request().deadline();
        return deadline != null && !at.isBefore(deadline) ? Optional.empty() : Optional.of(at);
    }

    /** A broker, a database or a machine that is in trouble may recover; data and code stay as they are. */
    static boolean mayPass(RuntimeException failure) {
        if (failure instanceof TrainerFailedException trainer) {
            return trainer.mayPass();
        }
        return !(failure instanceof NotEnoughFeedbackException
                || failure instanceof ProblemException
                || failure instanceof ContractViolation
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof NullPointerException
                || failure instanceof IndexOutOfBoundsException
                || failure instanceof ClassCastException
                || failure instanceof ArithmeticException
                || failure instanceof UnsupportedOperationException);
    }
}
