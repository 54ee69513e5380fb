package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftMonitorConfigTest {
    private static DriftMonitorConfig config(Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(DriftMonitorConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
        return config.getConfigMapping(DriftMonitorConfig.class);
    }

    @Test
    void hasTheseDefaults() {
        DriftMonitorConfig config = config(Map.of());
        assertThat(config.partitions()).isEqualTo(6);
        assertThat(config.requestPatience()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.tick()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.historyPerLoop()).isEqualTo(200);
    }

    @Test
    void isReadFromTheseKeys() {
        DriftMonitorConfig config = config(Map.of(
                "drift-monitor.partitions", "12",
                "drift-monitor.request-patience", "PT1H",
                "drift-monitor.tick", "PT5S",
                "drift-monitor.history-per-loop", "50"));
        assertThat(config.partitions()).isEqualTo(12);
        assertThat(config.requestPatience()).isEqualTo(Duration.ofHours(1));
        assertThat(config.tick()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.historyPerLoop()).isEqualTo(50);
    }

    @Test
    void namesAKeyThatItDoesNotKnow() {
        assertThatThrownBy(() -> config(Map.of("drift-monitor.patience", "PT1H")))
                .hasMessageContaining("drift-monitor.patience");
    }
}
