package io.leeway.cli.demo;

import io.leeway.contracts.StepRecord;
import io.leeway.contracts.rest.Job;
import io.leeway.report.Table;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The tables that every demo ends with. */
final class DemoTables {
    private DemoTables() {}

    static Table swaps(List<Swap> swaps) {
        Table table = Table.of("swaps", "New versions, in seconds")
                .column("loop", "loop")
                .column("modelVersion", "version")
                .column("cause", "cause")
                .column("changeToAlarmSeconds", "change to alarm", 1)
                .column("alarmToServingSeconds", "alarm to serving", 1)
                .column("waitingSeconds", "of that: enough feedback", 1)
                .column("requestToServingSeconds", "request to serving", 1)
                .column("trainingSeconds", "training", 1)
                .column("deployingSeconds", "gates and swap", 1)
                .column("failedDuringSwap", "failed in the swap");
        for (Swap swap : swaps) {
            table.row(
                    swap.loop(),
                    swap.modelVersion(),
                    swap.cause(),
                    swap.secondsToAlarm(),
                    swap.secondsToServing(),
                    swap.secondsWaiting(),
                    swap.secondsFromRequest(),
                    swap.secondsTraining(),
                    swap.secondsDeploying(),
                    swap.failedDecisions());
        }
        return table;
    }

    static Table steps(List<Job> jobs) {
        Table table = Table.of("steps", "Pipelines, as the jobs' records have them")
                .column("loop", "loop")
                .column("pipeline", "pipeline")
                .column("cause", "cause")
                .column("step", "step")
                .column("by", "by")
                .column("state", "state")
                .column("seconds", "seconds", 1)
                .column("message", "what happened");
        jobs.stream()
                .sorted(Comparator.comparing(Job::loop).thenComparing(Job::requestedAt))
                .forEach(job -> {
                    for (StepRecord step : job.steps()) {
                        table.row(
                                job.loop(),
                                lower(job.pipeline()),
                                lower(job.cause()),
                                capitalised(step.step()),
                                step.by(),
                                lower(step.state()),
                                seconds(step),
                                step.message() == null ? "" : step.message());
                    }
                });
        return table;
    }

    static Table stages(List<JobStages> jobs) {
        Table table = Table.of(
                        "stages", "Where the seconds go, from the request to the first decision of the new champion")
                .column("modelVersion", "version")
                .column("queue", "queue", 2)
                .column("ingest", "feedback", 2)
                .column("read", "rows", 2)
                .column("encode", "encode", 2)
                .column("learn", "learn", 2)
                .column("epochs", "epochs")
                .column("judge", "judge", 2)
                .column("trainerRest", "hand over", 2)
                .column("gates", "gates", 2)
                .column("register", "register", 2)
                .column("swap", "swap", 2)
                .column("total", "total", 2);
        jobs.forEach(job -> table.row(
                job.modelVersion(),
                job.queue(),
                job.ingest(),
                job.read(),
                job.encode(),
                job.learn(),
                job.epochs(),
                job.judge(),
                job.trainerRest(),
                job.gates(),
                job.register(),
                job.swap(),
                job.total()));
        return table;
    }

    static Table checks(List<Check> checks) {
        Table table = Table.of("checks", "Did the loop close?")
                .column("what", "what must hold")
                .column("held", "held")
                .column("detail", "figures");
        checks.forEach(check -> table.row(check.what(), check.held() ? "yes" : "NO", check.detail()));
        return table;
    }

    static Table processes(List<DemoStack.ProcessFacts> processes) {
        Table table = Table.of("processes", "Processes")
                .column("process", "process")
                .column("memoryMegabytes", "memory MB", 0)
                .column("startSeconds", "ready after s", 1)
                .column("restarts", "restarts");
        processes.forEach(process ->
                table.row(process.name(), process.memoryMegabytes(), process.startSeconds(), process.restarts()));
        return table;
    }

    private static double seconds(StepRecord step) {
        return step.startedAt() == null || step.endedAt() == null
                ? Double.NaN
                : Duration.between(step.startedAt(), step.endedAt()).toMillis() / 1000.0;
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static String capitalised(Enum<?> word) {
        return word.name().charAt(0) + lower(word).substring(1);
    }
}
