package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

class TrainingConfigTest {
    @Test
    void theDefaults() {
        TrainingConfig config = read(Map.of());
        assertThat(config.stateDir()).isEqualTo(Path.of(".leeway/training-service"));
        assertThat(config.commit()).isEmpty();
        assertThat(config.jobs().slots()).isEqualTo(16);
        assertThat(config.jobs().lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.jobs().look()).isEqualTo(Duration.ofMillis(300));
        assertThat(config.jobs().attempts()).isEqualTo(3);
        assertThat(config.jobs().feedbackWait()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.trainer().processes()).isEqualTo(1);
        assertThat(config.trainer().spares()).isEqualTo(1);
        assertThat(config.trainer().engine()).isEqualTo("dl4j");
        assertThat(config.trainer().threads()).isEqualTo(1);
        assertThat(config.trainer().heap().asLongValue()).isEqualTo(1L << 30);
        assertThat(config.trainer().timeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.gates().confidence()).isEqualTo(0.95);
        assertThat(config.gates().effectiveSampleSize()).isEqualTo(5);
        assertThat(config.gates().dayShare()).isEqualTo(0.8);
        assertThat(config.gates().actionShare()).isEqualTo(0.995);
        assertThat(config.gates().timeBudget()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.gates().rows()).isEqualTo(20_000);
        assertThat(config.continuous().mostBytes().asLongValue()).isEqualTo(1L << 30);
        assertThat(config.jobs().backoff()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.retention().age()).isEmpty();
        assertThat(config.retention().keep()).isEqualTo(10);
        assertThat(config.retention().cutOff()).isEqualTo(Duration.ofHours(24));
        assertThat(config.retention().every()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void everyKeyIsRead() {
        Map<String, String> keys = new HashMap<>();
        keys.put("training-service.state-dir", "/var/leeway");
        keys.put("training-service.commit", "abc");
        keys.put("training-service.jobs.slots", "2");
        keys.put("training-service.jobs.lease", "PT1M");
        keys.put("training-service.jobs.look", "PT2S");
        keys.put("training-service.jobs.attempts", "5");
        keys.put("training-service.jobs.feedback-wait", "PT1H");
        keys.put("training-service.trainer.processes", "3");
        keys.put("training-service.trainer.spares", "4");
        keys.put("training-service.trainer.engine", "java");
        keys.put("training-service.trainer.threads", "2");
        keys.put("training-service.trainer.heap", "512M");
        keys.put("training-service.trainer.timeout", "PT3M");
        keys.put("training-service.continuous.most-bytes", "3M");
        keys.put("training-service.gates.confidence", "0.9");
        keys.put("training-service.gates.effective-sample-size", "7");
        keys.put("training-service.gates.day-share", "0.5");
        keys.put("training-service.gates.action-share", "0.9");
        keys.put("training-service.gates.time-budget", "PT0.01S");
        keys.put("training-service.gates.rows", "99");
        keys.put("training-service.jobs.backoff", "PT7S");
        keys.put("training-service.retention.age", "P30D");
        keys.put("training-service.retention.keep", "3");
        keys.put("training-service.retention.cut-off", "PT1H");
        keys.put("training-service.retention.every", "PT2H");
        TrainingConfig config = read(keys);
        assertThat(config.stateDir()).isEqualTo(Path.of("/var/leeway"));
        assertThat(config.commit()).contains("abc");
        assertThat(config.jobs().slots()).isEqualTo(2);
        assertThat(config.jobs().lease()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.jobs().look()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.jobs().attempts()).isEqualTo(5);
        assertThat(config.jobs().feedbackWait()).isEqualTo(Duration.ofHours(1));
        assertThat(config.trainer().processes()).isEqualTo(3);
        assertThat(config.trainer().spares()).isEqualTo(4);
        assertThat(config.trainer().engine()).isEqualTo("java");
        assertThat(config.trainer().threads()).isEqualTo(2);
        assertThat(config.trainer().heap().asLongValue()).isEqualTo(512L << 20);
        assertThat(config.trainer().timeout()).isEqualTo(Duration.ofMinutes(3));
        assertThat(config.gates().confidence()).isEqualTo(0.9);
        assertThat(config.gates().effectiveSampleSize()).isEqualTo(7);
        assertThat(config.gates().dayShare()).isEqualTo(0.5);
        assertThat(config.gates().actionShare()).isEqualTo(0.9);
        assertThat(config.gates().timeBudget()).isEqualTo(Duration.ofMillis(10));
        assertThat(config.gates().rows()).isEqualTo(99);
        assertThat(config.continuous().mostBytes().asLongValue()).isEqualTo(3L << 20);
        assertThat(config.jobs().backoff()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.retention().age()).contains(Duration.ofDays(30));
        assertThat(config.retention().keep()).isEqualTo(3);
        assertThat(config.retention().cutOff()).isEqualTo(Duration.ofHours(1));
        assertThat(config.retention().every()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aKeyThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> read(Map.of("training-service.jobs.slot", "2")))
                .hasMessageContaining("training-service.jobs.slot");
    }

    static TrainingConfig read(Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .withConverters(new Converter<?>[] {new MemorySizeConverter(), new DurationConverter()})
                .withMapping(TrainingConfig.class)
                .withSources(new PropertiesConfigSource(keys, "keys", 100))
                .build()
                .getConfigMapping(TrainingConfig.class);
    }
}
