package io.leeway.training.kafka;

import io.leeway.contracts.Loop;
import io.leeway.kit.LoopDirectory;
import io.leeway.training.AskByItself;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Counts feedback for the loops that want to be retrained by volume. A batch read twice counts twice, which does no harm. */
@ApplicationScoped
public class VolumeListener {
    private final LoopDirectory loops;
    private final AskByItself asking;

    VolumeListener(LoopDirectory loops, AskByItself asking) {
        this.loops = loops;
        this.asking = asking;
    }

    @Incoming("feedback")
    @Blocking
    void listen(ConsumerRecords<String, byte[]> records) {
        if (loops.all().stream().noneMatch(VolumeListener::counts)) {
            return;
        }
        Map<String, Long> counts = new HashMap<>();
        records.forEach(record -> {
            FeedbackPeek peek = FeedbackPeek.at(record.value());
            boolean first = peek.loop() != null && peek.revision() == 1;
            if (first && loops.find(peek.loop()).filter(VolumeListener::counts).isPresent()) {
                counts.merge(peek.loop(), 1L, Long::sum);
            }
        });
        counts.forEach(
                (loop, feedback) -> Retrying.untilDone("counting of feedback", () -> asking.byVolume(loop, feedback)));
    }

    private static boolean counts(Loop loop) {
        return loop.settings().training().everyFeedback() != null;
    }
}
