package io.leeway.drift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of this service; those of a loop are in its {@code DriftSettings}. */
@ConfigMapping(prefix = "drift-monitor")
public interface DriftMonitorConfig {
    /** Partitions of the topic that events are rekeyed through; fixed once that topic has been made. */
    @WithDefault("6")
    @Min(1)
    @Max(1000)
    int partitions();

    /** How long a retrain request counts as open when nothing is heard of it. */
    @WithDefault("PT15M")
    @NotNull
    Duration requestPatience();

    /** How often schedules are looked at, changed settings and models are noticed, and the status is renewed. */
    @WithDefault("PT1S")
    @NotNull
    Duration tick();

    /** Drift events that are kept of each loop for those who ask. */
    @WithDefault("200")
    @Min(1)
    @Max(100_000)
    int historyPerLoop();

    /** How drift events are posted to the addresses that loops name. */
    Webhooks webhooks();

    /** What loops may post to, and how. */
    interface Webhooks {
        /** Hosts that may be posted to, as in alerts.example.com or *.example.com; none by default. */
        Optional<List<String>> hosts();

        /** The secrets that sign, by the names that loops call them. Never in an answer or a log. */
        Map<String, String> secrets();

        /** Whether addresses of this machine and of private networks may be posted to, also without TLS. */
        @WithDefault("false")
        boolean internalAddresses();

        /** How long one try may take. */
        @WithDefault("PT5S")
        @NotNull
        Duration timeout();

        /** Tries of one delivery at the most. */
        @WithDefault("6")
        @Min(1)
        @Max(100)
        int tries();

        /** Wait after the first try that failed; it doubles from try to try, up to a minute. */
        @WithDefault("PT1S")
        @NotNull
        Duration backoff();

        /** Deliveries that may wait at a time; what comes beyond is dropped and counted. */
        @WithDefault("1000")
        @Min(1)
        @Max(100_000)
        int queue();
    }
}
