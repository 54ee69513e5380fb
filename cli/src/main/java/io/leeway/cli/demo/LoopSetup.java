package io.leeway.cli.demo;

import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Pipeline;
import io.leeway.contracts.StepName;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.contracts.rest.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every demo does with its loop: make it, train it for the first time, follow a job to its end. */
final class LoopSetup {
    private static final Duration LOOP_KNOWN = Duration.ofSeconds(30);
    private static final Duration JOB_DONE = Duration.ofSeconds(150);

    private final LeewayClient client;
    private final String loop;

    LoopSetup(LeewayClient client, String loop) {
        this.client = client;
        this.loop = loop;
    }

    /** Makes the loop and returns when the predictors know it. */
    void make(LoopSettings settings) throws InterruptedException {
        client.putLoop(loop, settings);
        Patience.until(
                "the predictors to know loop " + loop,
                LOOP_KNOWN,
                () -> client.served(loop) ? Optional.of(true) : Optional.empty());
    }

    /** Returns when this many feedbacks are in the log. */
    FeedbackSummary joined(long feedbacks, Duration atMost) throws InterruptedException {
        return Patience.until(feedbacks + " feedbacks of " + loop + " in the log", atMost, () -> {
            FeedbackSummary summary = client.summary(loop);
            return summary.matched() + summary.defaulted() >= feedbacks ? Optional.of(summary) : Optional.empty();
        });
    }

    /** Asks for the startup pipeline, whose first steps have been done by the simulator. */
    Job startup(String reason, List<StepRecord> priorSteps) {
        return client.retrain(loop, Map.of("pipeline", Pipeline.STARTUP, "reason", reason, "priorSteps", priorSteps));
    }

    /** Follows a job to its end. */
    Job ended(String jobId) throws InterruptedException {
        return Patience.until("job " + jobId + " of " + loop + " to end", JOB_DONE, () -> {
            Job job = client.job(jobId);
            return job.state().ended() ? Optional.of(job) : Optional.empty();
        });
    }

    static StepRecord step(StepName name, Instant from, Map<String, Object> figures, String message) {
        return new StepRecord(name, StepState.DONE, "simulator", from, Instant.now(), figures, message);
    }

    /** When a step of a job ended, if it has. */
    static Instant endOf(Job job, StepName name) {
        return job.steps().stream()
                .filter(step -> step.step() == name && step.endedAt() != null)
                .reduce((first, last) -> last)
                .map(StepRecord::endedAt)
                .orElse(null);
    }
}
