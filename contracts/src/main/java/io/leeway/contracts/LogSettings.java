package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;

/** How a loop's decisions and rewards are logged. */
public record LogSettings(
        @JsonPropertyDescription(
                "when a call is answered: journal, once its event stands in the service's own journal, which outlives the process but not the machine; broker, once Kafka has it, so that calls are refused while Kafka is away; default journal")
        ConfirmedBy confirmedBy,

        @JsonPropertyDescription(
                "what a decision gets while the journal is full, because Kafka has been away for long: refuse, 503 with Retry-After; answer, an answer that is not logged, and is counted; default refuse")
        WhenFull whenFull,

        @JsonPropertyDescription(
                "how long events stay in the log's database at the least, from the decision's time on, at least PT24H; absent as long as feedback-logger keeps them by default")
        Duration retention) {

    /** Whose word a call waits for. */
    public enum ConfirmedBy {
        @JsonProperty("journal")
        JOURNAL,
        @JsonProperty("broker")
        BROKER
    }

    /** What happens to decisions at the journal's bound. */
    public enum WhenFull {
        @JsonProperty("refuse")
        REFUSE,
        @JsonProperty("answer")
        ANSWER
    }

    public static final LogSettings DEFAULT = new LogSettings(null, null);

    private static final Duration SHORTEST_RETENTION = Duration.ofHours(24);

    public LogSettings {
        confirmedBy = Check.or(confirmedBy, ConfirmedBy.JOURNAL);
        whenFull = Check.or(whenFull, WhenFull.REFUSE);
        if (retention != null && retention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new ContractViolation("retention", "must be at least " + SHORTEST_RETENTION, retention);
        }
    }

    /** A loop whose events stay as long as the service keeps them by default. */
    public LogSettings(ConfirmedBy confirmedBy, WhenFull whenFull) {
        this(confirmedBy, whenFull, null);
    }
}
