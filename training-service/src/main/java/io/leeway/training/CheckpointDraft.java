package io.leeway.training;

import io.leeway.contracts.rest.Checkpoint;
import io.leeway.core.model.Artifact;
import io.leeway.core.promotion.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** A checkpoint before it has been judged. */
record CheckpointDraft(
        String loop,
        long version,
        long feedbacks,
        long since,
        Map<String, Long> offsets,
        Map<String, Object> figures,
        Duration budget,
        Instant at) {
    Checkpoint judged(Verdict serving, byte[] bytes) {
        Map<String, Object> all = new LinkedHashMap<>(figures);
        all.put("microsPerAnswer", serving.figures().get("microsPerAnswer"));
        return new Checkpoint(
                loop,
                version,
                feedbacks,
                since,
                offsets,
                Artifact.sha256(bytes),
                bytes.length,
                at.truncatedTo(ChronoUnit.MICROS),
                all);
    }
}
