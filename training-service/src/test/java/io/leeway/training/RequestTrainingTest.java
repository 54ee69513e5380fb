package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Cause;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Pipeline;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.ServingMode;
import io.leeway.contracts.StepName;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTrainingTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void ofTwoMergedRequestsTheDriftLeadsAndTheLaterSinceCounts() {
        StepRecord generated =
                new StepRecord(StepName.GENERATOR, StepState.DONE, "simulator", TIME, TIME, Map.of(), null);
        RetrainRequest first = new RetrainRequest(
                "r1",
                "loop",
                TIME,
                Cause.SCHEDULE,
                Pipeline.STARTUP,
                "every PT1H",
                null,
                TIME,
                false,
                List.of(generated),
                null);
        RetrainRequest drift = new RetrainRequest(
                "r2", "loop", TIME, Cause.DRIFT, null, "rewards fell", "d1", TIME.plusSeconds(5), true, null, null);
        RetrainRequest merged = RequestTraining.merged(first, drift);
        assertThat(merged.requestId()).isEqualTo("r1");
        assertThat(merged.urgency()).as("a drift's").isEqualTo(2);
        assertThat(merged.deadline()).isNull();
        assertThat(merged.pipeline()).isEqualTo(Pipeline.STARTUP);
        assertThat(merged.cause()).isEqualTo(Cause.DRIFT);
        assertThat(merged.reason()).isEqualTo("rewards fell");
        assertThat(merged.driftId()).isEqualTo("d1");
        assertThat(merged.since()).isEqualTo(TIME.plusSeconds(5));
        assertThat(merged.deploy()).isTrue();
        assertThat(merged.priorSteps()).containsExactly(generated);
        assertThat(RequestTraining.merged(drift, first).reason()).isEqualTo("rewards fell");
        assertThat(RequestTraining.merged(drift, first).since()).isEqualTo(TIME.plusSeconds(5));
    }

    @Test
    void aStepIsReplacedWhileItRunsAndThenKept() {
        RetrainRequest request = new RetrainRequest("r", "loop", null, null, null, null, null, null, null, null, null);
        TrainingJob job = TrainingJob.waiting("j", request, TIME)
                .withStep(step(StepName.INGESTER, StepState.RUNNING, "waiting"))
                .withStep(step(StepName.INGESTER, StepState.DONE, "900 rows"))
                .withStep(step(StepName.TRAINER, StepState.RUNNING, "epoch 1"))
                .withStep(step(StepName.TRAINER, StepState.RUNNING, "epoch 2"));
        assertThat(job.steps()).extracting(StepRecord::message).containsExactly("900 rows", "epoch 2");
        TrainingJob again = job.begun(TIME);
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.steps()).isEmpty();
        assertThat(again.begun(TIME).message()).isEqualTo("taken up again: attempt 2");
    }

    private static StepRecord step(StepName name, StepState state, String message) {
        return new StepRecord(name, state, "training-service", TIME, null, null, message);
    }

    @Test
    void aLoopThatIsHeldStillIsTrainedByHandOnly() {
        Loop free = loop(ServingMode.ONLINE, null);
        Loop frozen = loop(ServingMode.ONLINE, new Freeze(null, 3L, "incident", TIME));
        Loop logging = loop(ServingMode.LOGGING_ONLY, null);
        for (Cause cause : List.of(Cause.DRIFT, Cause.SCHEDULE, Cause.VOLUME)) {
            String word = Json.mapper().convertValue(cause, String.class);
            assertThat(RequestTraining.whyNot(free, cause)).isEmpty();
            assertThat(RequestTraining.whyNot(loop(ServingMode.APPRENTICE, null), cause))
                    .isEmpty();
            assertThat(RequestTraining.whyNot(frozen, cause))
                    .contains("must be asked for by a person, the loop is frozen (incident): cause=" + word);
            assertThat(RequestTraining.whyNot(logging, cause))
                    .contains("must be asked for by a person, the loop only logs: cause=" + word);
        }
        assertThat(RequestTraining.whyNot(frozen, Cause.PERSON)).isEmpty();
        assertThat(RequestTraining.whyNot(logging, Cause.PERSON)).isEmpty();
    }

    private static Loop loop(ServingMode mode, Freeze freeze) {
        LoopSettings plain = LoopSettings.of(LoopKind.BANDIT);
        LoopSettings settings = LoopSettings.builder(plain.kind())
                .serving(plain.serving().withMode(mode))
                .build();
        return new Loop("held", 1, "salt", settings, freeze, TIME, TIME, null);
    }
}
