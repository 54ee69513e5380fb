package io.leeway.cli.pipeline;

import io.leeway.cli.CommandException;
import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.Job;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Follows a training job and tells of each step as it ends. */
final class Follow {
    private Follow() {}

    /** @throws CommandException if the job failed or its candidate was kept out */
    static Job toTheEnd(LeewayClient client, Job begun, PrintStream out) throws InterruptedException {
        Set<String> told = new HashSet<>();
        Job job = begun;
        while (true) {
            for (StepRecord step : job.steps()) {
                if (step.state().ended() && told.add(step.step() + "" + step.startedAt())) {
                    tell(step, out);
                }
            }
            if (job.state().ended()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(200);
            job = client.job(job.jobId());
        }
        if (job.state() != StepState.DONE) {
            throw new CommandException(
                    "job " + job.jobId() + " " + job.state().name().toLowerCase(Locale.ROOT) + ": " + job.message());
        }
        out.println(job.message());
        return job;
    }

    private static void tell(StepRecord step, PrintStream out) {
        double seconds = step.startedAt() == null || step.endedAt() == null
                ? 0
                : Duration.between(step.startedAt(), step.endedAt()).toMillis() / 1000.0;
        out.printf(
                Locale.ROOT,
                "%-10s %-9s %6.1f s  by %s  %s%s%n",
                step.step().name().charAt(0) + step.step().name().substring(1).toLowerCase(Locale.ROOT),
                step.state().name().toLowerCase(Locale.ROOT),
                seconds,
                step.by(),
                step.message() == null ? "" : step.message(),
                step.figures().isEmpty() ? "" : "  " + step.figures());
    }
}
