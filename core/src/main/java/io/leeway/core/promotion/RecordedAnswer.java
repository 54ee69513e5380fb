package io.leeway.core.promotion;

import java.util.List;

/**
 * What the trainer answered to a recorded request.
 *
 * @param scores one per head or action of the row; in regression one prediction
 */
public record RecordedAnswer(JudgedRow request, List<Double> scores) {
    public RecordedAnswer {
        scores = List.copyOf(scores);
    }
}
