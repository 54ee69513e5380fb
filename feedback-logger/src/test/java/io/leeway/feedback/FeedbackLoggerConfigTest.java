package io.leeway.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeedbackLoggerConfigTest {
    @Test
    void keysStayAsTheyAre() {
        assertThat(ConfigMappings.getProperties(ConfigClass.configClass(FeedbackLoggerConfig.class))
                        .keySet())
                .containsExactlyInAnyOrder(
                        "feedback-logger.counts",
                        "feedback-logger.join.grace",
                        "feedback-logger.join.tick",
                        "feedback-logger.join.events-per-tick",
                        "feedback-logger.join.progress",
                        "feedback-logger.intake.unknown-loop-patience",
                        "feedback-logger.intake.clock-ahead",
                        "feedback-logger.intake.largest-decision",
                        "feedback-logger.intake.largest-reward",
                        "feedback-logger.landing.first-pause",
                        "feedback-logger.landing.longest-pause",
                        "feedback-logger.imports.batch-rows",
                        "feedback-logger.imports.longest-line",
                        "feedback-logger.imports.landing-patience",
                        "feedback-logger.imports.named-rejections",
                        "feedback-logger.pages.default-limit",
                        "feedback-logger.pages.largest-limit",
                        "feedback-logger.retention.keep",
                        "feedback-logger.retention.every",
                        "feedback-logger.retention.ahead");
    }

    @Test
    void defaultsStayAsTheyAre() {
        FeedbackLoggerConfig config = TestConfig.defaults();
        assertThat(config.join().grace()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.join().tick()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.join().progress()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.join().eventsPerTick()).isEqualTo(1000);
        assertThat(config.intake().unknownLoopPatience()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.intake().clockAhead()).isEqualTo(Duration.ofHours(24));
        assertThat(config.intake().largestDecision().asLongValue()).isEqualTo(3 << 20);
        assertThat(config.intake().largestReward().asLongValue()).isEqualTo(64 << 10);
        assertThat(config.counts()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.landing().firstPause()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.landing().longestPause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.imports().batchRows()).isEqualTo(500);
        assertThat(config.imports().longestLine().asLongValue()).isEqualTo(1 << 20);
        assertThat(config.imports().landingPatience()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.imports().namedRejections()).isEqualTo(1000);
        assertThat(config.pages().defaultLimit()).isEqualTo(100);
        assertThat(config.pages().largestLimit()).isEqualTo(1000);
        assertThat(config.retention().keep()).isEmpty();
        assertThat(config.retention().every()).isEqualTo(Duration.ofHours(1));
        assertThat(config.retention().ahead()).isEqualTo(Duration.ofDays(14));
    }
}
