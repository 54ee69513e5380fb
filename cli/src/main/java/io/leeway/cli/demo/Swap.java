package io.leeway.cli.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * One new version's way into the predictors, with what led to it.
 *
 * @param cause startup, or the change that it answers
 * @param changedAt when the world changed; null at startup
 * @param alarmAt when the drift monitor said so; null at startup
 * @param requestedAt when training was asked for
 * @param enoughAt when enough feedback was there to begin training
 * @param trainedAt when the trainer was done
 * @param servingAt when the first decision was answered by the new version
 * @param failedDecisions decisions that failed around the swap
 */
record Swap(
        String loop,
        String cause,
        long modelVersion,
        String jobId,
        Instant changedAt,
        Instant alarmAt,
        String alarm,
        Instant requestedAt,
        Instant enoughAt,
        Instant trainedAt,
        Instant servingAt,
        long failedDecisions) {

    /** From the change to the alarm. */
    Double secondsToAlarm() {
        return changedAt == null ? null : seconds(changedAt, alarmAt);
    }

    /** From the alarm, or from the request where there was none, to the new version serving. */
    double secondsToServing() {
        return seconds(alarmAt == null ? requestedAt : alarmAt, servingAt);
    }

    /** From the request for training to the new version serving. */
    double secondsFromRequest() {
        return seconds(requestedAt, servingAt);
    }

    /** Of that, waiting until there was enough feedback from the changed world. */
    double secondsWaiting() {
        return Math.max(0, seconds(alarmAt == null ? requestedAt : alarmAt, enoughAt));
    }

    double secondsTraining() {
        return seconds(enoughAt, trainedAt);
    }

    double secondsDeploying() {
        return seconds(trainedAt, servingAt);
    }

    private static double seconds(Instant from, Instant to) {
        return from == null || to == null
                ? Double.NaN
                : Duration.between(from, to).toMillis() / 1000.0;
    }
}
