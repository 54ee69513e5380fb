package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.Topics;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicSetupTest {
    private static String retention(String topic, Optional<Duration> recordRetention) {
        return TopicSetup.topics(6, recordRetention).stream()
                .filter(made -> made.name().equals(topic))
                .map(NewTopic::configs)
                .findFirst()
                .orElseThrow()
                .get("retention.ms");
    }

    @Test
    void theRecordIsKeptForEverUnlessSomebodySaysOtherwise() {
        assertThat(TopicSetup.recordRetention(null)).isEmpty();
        assertThat(TopicSetup.recordRetention(" ")).isEmpty();
        Optional<Duration> month = TopicSetup.recordRetention("P30D");
        assertThat(month).contains(Duration.ofDays(30));
        for (String topic : new String[] {Topics.DECISIONS, Topics.REWARDS, Topics.FEEDBACK}) {
            assertThat(retention(topic, Optional.empty())).isEqualTo("-1");
            assertThat(retention(topic, month))
                    .isEqualTo(Long.toString(Duration.ofDays(30).toMillis()));
        }
        assertThat(retention(Topics.DRIFT, Optional.of(Duration.ofDays(400))))
                .isEqualTo(Long.toString(Duration.ofDays(30).toMillis()));
    }

    @Test
    void whatIsNoRetentionIsRefusedByNameAndValue() {
        assertThatThrownBy(() -> TopicSetup.recordRetention("30 days"))
                .hasMessageContaining("LEEWAY_RECORD_RETENTION=30 days");
        assertThatThrownBy(() -> TopicSetup.recordRetention("PT1H"))
                .hasMessage("must be at least PT24H: LEEWAY_RECORD_RETENTION=PT1H");
    }
}
