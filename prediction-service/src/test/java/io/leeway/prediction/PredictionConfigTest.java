package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictionConfigTest {
    @Test
    void defaults() {
        PredictionConfig config = ConfigForTests.defaults();
        assertThat(config.journal().bound().asLongValue()).isEqualTo(4L << 30);
        assertThat(config.journal().segment().asLongValue()).isEqualTo(32L << 20);
        assertThat(config.journal().drain()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.mostActions()).isEqualTo(10_000);
        assertThat(config.baselines()).isFalse();
        assertThat(config.mostBatchItems()).isEqualTo(1_000);
        assertThat(config.personalizer().keys()).isEmpty();
        assertThat(config.personalizer().training()).hasToString("http://127.0.0.1:8083");
        assertThat(config.personalizer().patience()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.mostPerSecond()).isEqualTo(20_000);
        assertThat(config.modelTimeBudget()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.remembered().time()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.remembered().answers()).isEqualTo(50_000);
        assertThat(config.log().patience()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.log().retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void everyKeyIsRead() {
        PredictionConfig config = ConfigForTests.with(Map.ofEntries(
                Map.entry("prediction-service.most-actions", "12"),
                Map.entry("prediction-service.baselines", "true"),
                Map.entry("prediction-service.most-batch-items", "13"),
                Map.entry("prediction-service.personalizer.keys.secret", "films"),
                Map.entry("prediction-service.personalizer.training", "http://training:8083"),
                Map.entry("prediction-service.personalizer.patience", "PT6S"),
                Map.entry("prediction-service.remembered.time", "PT7M"),
                Map.entry("prediction-service.remembered.answers", "34"),
                Map.entry("prediction-service.log.patience", "PT8S"),
                Map.entry("prediction-service.log.retry-after", "PT9S"),
                Map.entry("prediction-service.journal.directory", "/somewhere"),
                Map.entry("prediction-service.journal.bound", "10M"),
                Map.entry("prediction-service.journal.segment", "9M"),
                Map.entry("prediction-service.journal.drain", "PT11S")));
        assertThat(config.journal().directory()).isEqualTo("/somewhere");
        assertThat(config.journal().bound().asLongValue()).isEqualTo(10L << 20);
        assertThat(config.journal().segment().asLongValue()).isEqualTo(9L << 20);
        assertThat(config.journal().drain()).isEqualTo(Duration.ofSeconds(11));
        assertThat(config.mostActions()).isEqualTo(12);
        assertThat(config.baselines()).isTrue();
        assertThat(config.mostBatchItems()).isEqualTo(13);
        assertThat(config.personalizer().keys()).isEqualTo(Map.of("secret", "films"));
        assertThat(config.personalizer().training()).hasToString("http://training:8083");
        assertThat(config.personalizer().patience()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.remembered().time()).isEqualTo(Duration.ofMinutes(7));
        assertThat(config.remembered().answers()).isEqualTo(34);
        assertThat(config.log().patience()).isEqualTo(Duration.ofSeconds(8));
        assertThat(config.log().retryAfter()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void theKeysOfLimitsAreRead() {
        PredictionConfig config = ConfigForTests.with(
                Map.of("prediction-service.most-per-second", "13", "prediction-service.model-time-budget", "PT14S"));
        assertThat(config.mostPerSecond()).isEqualTo(13);
        assertThat(config.modelTimeBudget()).isEqualTo(Duration.ofSeconds(14));
    }

    @Test
    void anUnknownKeyIsNamed() {
        assertThatThrownBy(() -> ConfigForTests.with(Map.of("prediction-service.most-action", "12")))
                .hasMessageContaining("prediction-service.most-action");
    }
}
