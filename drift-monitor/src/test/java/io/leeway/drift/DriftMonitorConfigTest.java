package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
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
        assertThat(config.webhooks().hosts()).isEmpty();
        assertThat(config.webhooks().secrets()).isEmpty();
        assertThat(config.webhooks().internalAddresses()).isFalse();
        assertThat(config.webhooks().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.webhooks().tries()).isEqualTo(6);
        assertThat(config.webhooks().backoff()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.webhooks().queue()).isEqualTo(1000);
    }

    @Test
    void isReadFromTheseKeys() {
        DriftMonitorConfig config = config(Map.ofEntries(
                Map.entry("drift-monitor.partitions", "12"),
                Map.entry("drift-monitor.request-patience", "PT1H"),
                Map.entry("drift-monitor.tick", "PT5S"),
                Map.entry("drift-monitor.history-per-loop", "50"),
                Map.entry("drift-monitor.webhooks.hosts", "alerts.example.com,*.wide.example.com"),
                Map.entry("drift-monitor.webhooks.secrets.ops", "s3cret"),
                Map.entry("drift-monitor.webhooks.internal-addresses", "true"),
                Map.entry("drift-monitor.webhooks.timeout", "PT1S"),
                Map.entry("drift-monitor.webhooks.tries", "2"),
                Map.entry("drift-monitor.webhooks.backoff", "PT2S"),
                Map.entry("drift-monitor.webhooks.queue", "10")));
        assertThat(config.partitions()).isEqualTo(12);
        assertThat(config.requestPatience()).isEqualTo(Duration.ofHours(1));
        assertThat(config.tick()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.historyPerLoop()).isEqualTo(50);
        assertThat(config.webhooks().hosts()).hasValue(List.of("alerts.example.com", "*.wide.example.com"));
        assertThat(config.webhooks().secrets()).containsExactly(Map.entry("ops", "s3cret"));
        assertThat(config.webhooks().internalAddresses()).isTrue();
        assertThat(config.webhooks().timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.webhooks().tries()).isEqualTo(2);
        assertThat(config.webhooks().backoff()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.webhooks().queue()).isEqualTo(10);
    }

    @Test
    void namesAKeyThatItDoesNotKnow() {
        assertThatThrownBy(() -> config(Map.of("drift-monitor.patience", "PT1H")))
                .hasMessageContaining("drift-monitor.patience");
    }
}
