package io.leeway.cli.demo;

import io.leeway.contracts.StepName;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Where the seconds of one retraining go, from the request to the first decision of the new champion; they add up to the total. NaN for
 * what a job does not say.
 *
 * @param queue until the job begins
 * @param ingest until enough feedback is read; waiting for it included
 * @param read the trainer's reading of the rows
 * @param encode learning the features and making columns
 * @param learn the passes over the rows
 * @param epochs how many
 * @param judge the trainer's own figures and the profile
 * @param trainerRest handing over to the trainer and back
 * @param gates all but the rollout
 * @param register one transaction
 * @param swap until the first decision of the new version
 */
record JobStages(
        long modelVersion,
        double queue,
        double ingest,
        double read,
        double encode,
        double learn,
        long epochs,
        double judge,
        double trainerRest,
        double gates,
        double register,
        double swap,
        double total) {
    static JobStages of(Job job, Swap swap) {
        StepRecord ingester = step(job, StepName.INGESTER);
        StepRecord trainer = step(job, StepName.TRAINER);
        StepRecord deployer = step(job, StepName.DEPLOYER);
        double read = figure(trainer, "readSeconds");
        double encode = figure(trainer, "encodeSeconds");
        double learn = figure(trainer, "trainSeconds");
        double judge = figure(trainer, "judgeSeconds");
        double gates = figure(deployer, "gateSeconds");
        return new JobStages(
                swap.modelVersion(),
                seconds(swap.requestedAt(), ingester.startedAt()),
                seconds(ingester.startedAt(), trainer.startedAt()),
                read,
                encode,
                learn,
                Math.round(figure(trainer, "epochs")),
                judge,
                seconds(trainer.startedAt(), deployer.startedAt()) - read - encode - learn - judge,
                gates,
                seconds(deployer.startedAt(), deployer.endedAt()) - gates,
                seconds(deployer.endedAt(), swap.servingAt()),
                swap.secondsFromRequest());
    }

    private static StepRecord step(Job job, StepName name) {
        return job.steps().stream()
                .filter(step -> step.step() == name)
                .reduce((first, last) -> last)
                .orElseGet(() -> new StepRecord(name, StepState.WAITING, null, null, null, Map.of(), null));
    }

    private static double figure(StepRecord step, String name) {
        return step.figures().get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static double seconds(Instant from, Instant to) {
        return from == null || to == null
                ? Double.NaN
                : Duration.between(from, to).toMillis() / 1000.0;
    }
}
