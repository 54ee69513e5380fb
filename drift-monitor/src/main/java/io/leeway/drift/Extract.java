package io.leeway.drift;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.SlotDecision;
import io.leeway.core.features.LeafVisitor;
import io.leeway.core.features.Leaves;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cuts events down to what a watch needs of them. Thread safe: no state. */
public final class Extract {
    /** Inputs and characters of a decision's row at the most; a larger context is counted but not compared. */
    static final int MOST_INPUTS = 2_000;

    static final int MOST_CHARACTERS = 200_000;

    /** Keeps sums of squares finite. */
    private static final double LARGEST = 1e100;

    private Extract() {}

    /** A row of null says that the context is too large or too deep to be compared. */
    public static Decided decided(Decision decision) {
        Row row = new Row();
        try {
            Leaves.walk(decision.context(), row);
        } catch (IllegalArgumentException tooDeep) {
            row.characters = Integer.MAX_VALUE;
        }
        boolean kept = row.cells.size() <= MOST_INPUTS && row.characters <= MOST_CHARACTERS;
        return new Decided(decision.time(), decision.modelVersion(), kept ? row.cells : null);
    }

    /**
     * Empty for what must not move a detector: corrections of feedback that was taken in before, and history that was imported.
     */
    public static Optional<Rewarded> rewarded(Feedback feedback) {
        if (feedback.revision() > 1 || feedback.imported()) {
            return Optional.empty();
        }
        Decision decision = feedback.decision();
        Double predicted = decision.kind() == LoopKind.REGRESSION ? decision.prediction() : score(decision);
        return Optional.of(new Rewarded(
                decision.time(),
                decision.modelVersion(),
                bounded(feedback.reward()),
                predicted == null ? null : bounded(predicted)));
    }

    /** The predicted reward of the chosen action in the slot that {@code Feedback.reward} is of. */
    private static Double score(Decision decision) {
        SlotDecision slot = decision.slots().stream()
                .filter(one -> one.name().equals(SlotDecision.MAIN))
                .findFirst()
                .orElse(decision.slots().get(0));
        return slot.probabilities().stream()
                .filter(entry -> entry.action().equals(slot.action()) && entry.score() != null)
                .map(ActionProbability::score)
                .findFirst()
                .orElse(null);
    }

    private static double bounded(double value) {
        return Math.max(-LARGEST, Math.min(LARGEST, value));
    }

    /** Collects leaves; several texts of one path become a list. */
    private static final class Row implements LeafVisitor {
        private final Map<String, Object> cells = new LinkedHashMap<>();
        private int characters;

        @Override
        public void number(String path, double value) {
            put(path, value, 10);
        }

        @Override
        public void text(String path, String value) {
            Object before = cells.get(path);
            if (before == null) {
                put(path, value, value.length());
                return;
            }
            List<Object> several = new ArrayList<>(before instanceof List<?> list ? list : List.of(before));
            several.add(value);
            put(path, several, value.length());
        }

        @Override
        public void flag(String path, boolean value) {
            put(path, value, 5);
        }

        @Override
        public void missing(String path) {
            put(path, null, 4);
        }

        private void put(String path, Object value, int length) {
            characters += path.length() + length;
            if (characters <= MOST_CHARACTERS && cells.size() <= MOST_INPUTS) {
                cells.put(path, value);
            } else {
                characters = MOST_CHARACTERS + 1;
            }
        }
    }
}
