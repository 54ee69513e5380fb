package io.leeway.training;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Looks every few seconds whether the feedback topic is still the one that it was. Where Kafka's data were lost and the topic was made
 * anew, its offsets begin anew, too: what the registry has noted of offsets is forgotten, or new feedback would pass for old. Thread safe.
 */
@ApplicationScoped
public class NoticeLostTopic {
    private static final Logger LOG = Logger.getLogger(NoticeLostTopic.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final FeedbackStream stream;
    private final NotedOffsets noted;
    private RepeatedLook looks;

    NoticeLostTopic(FeedbackStream stream, NotedOffsets noted) {
        this.stream = stream;
        this.noted = noted;
    }

    void start(@Observes StartupEvent event) {
        looks = new RepeatedLook(
                "feedback-topic",
                BETWEEN_LOOKS,
                this::look,
                e -> LOG.debugf("the feedback topic cannot be looked at, will try again: %s", e.getMessage()));
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        looks.stop();
    }

    private void look() {
        String topic = stream.topic();
        if (noted.areOf(topic)) {
            LOG.warnf(
                    "the feedback topic was made anew, it is %s now: rollouts that go on keep what they have seen and count what"
                            + " comes on the new one, and no loop waits for its old offsets",
                    topic);
        }
    }
}
