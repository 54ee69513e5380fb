package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.RetrainRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRetryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RuntimeException BROKER_AWAY = new UncheckedIOException(new IOException("away"));

    private final TrainingConfig.JobsConfig config =
            TrainingConfigTest.read(Map.of()).jobs();

    @Test
    void thePauseDoublesUntilThereWereAttemptsEnough() {
        TrainingJob first = job(null).begun(NOW);
        TrainingJob second = first.begun(NOW);
        TrainingJob third = second.begun(NOW);
        assertThat(JobRetry.at(BROKER_AWAY, first, config, NOW)).contains(NOW.plusSeconds(5));
        assertThat(JobRetry.at(BROKER_AWAY, second, config, NOW)).contains(NOW.plusSeconds(10));
        assertThat(JobRetry.at(BROKER_AWAY, third, config, NOW)).isEmpty();
    }

    @Test
    void nothingIsTriedAgainAfterItsDeadline() {
        assertThat(JobRetry.at(BROKER_AWAY, job(NOW.plusSeconds(6)).begun(NOW), config, NOW))
                .isPresent();
        assertThat(JobRetry.at(BROKER_AWAY, job(NOW.plusSeconds(5)).begun(NOW), config, NOW))
                .isEmpty();
    }

    @Test
    void whatWouldFailAgainIsNotTriedAgain() {
        assertThat(JobRetry.mayPass(new TrainerFailedException("killed", null, true)))
                .isTrue();
        assertThat(JobRetry.mayPass(new TrainerFailedException("exit status 1")))
                .isFalse();
        assertThat(JobRetry.mayPass(new NotEnoughFeedbackException(1, 2))).isFalse();
        assertThat(JobRetry.mayPass(new IllegalArgumentException("must be"))).isFalse();
        assertThat(JobRetry.mayPass(RegistryException.unknownJob("j"))).isFalse();
    }

    private static TrainingJob job(Instant deadline) {
        return TrainingJob.waiting(
                "j",
                new RetrainRequest(
                        "r", "loop", null, null, null, null, null, null, null, null, null, null, deadline, null),
                NOW);
    }
}
