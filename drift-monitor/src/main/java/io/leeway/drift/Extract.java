package io.leeway.drift;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.Reward;
import io.leeway.contracts.SlotDecision;
import io.leeway.core.drift.ExplorationHealth;
import io.leeway.core.features.LeafVisitor;
import io.leeway.core.features.Leaves;
import io.leeway.drift.WatchEvent.Chosen;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Cuts events down to what a watch needs of them. Thread safe: no state. */
public final class Extract {
    /** Inputs and characters of a decision's row at the most; a larger context is counted but not compared. */
    static final int MOST_INPUTS = 2_000;

    static final int MOST_CHARACTERS = 200_000;

    /** Offered actions that are counted, the first of them. */
    static final int MOST_ACTIONS = 256;

    private static final int LONGEST_SEGMENT = 60;
    private static final String MISSING = "missing";

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
        return new Decided(
                decision.time(),
                decision.modelVersion(),
                kept ? row.cells : null,
                chosen(decision),
                predicted(decision));
    }

    private static Chosen chosen(Decision decision) {
        if (decision.slots().isEmpty()) {
            return null;
        }
        SlotDecision slot = slot(decision);
        double[] probabilities = slot.probabilities().stream()
                .mapToDouble(ActionProbability::probability)
                .toArray();
        double smallest = Arrays.stream(probabilities).filter(p -> p > 0).min().orElse(1);
        return new Chosen(
                slot.action(),
                slot.probabilities().stream()
                        .limit(MOST_ACTIONS)
                        .map(ActionProbability::action)
                        .toList(),
                probabilities.length,
                slot.probability(),
                smallest,
                ExplorationHealth.entropyShare(probabilities),
                Greedy.of(slot.probabilities()).share(slot.action()));
    }

    /**
     * Empty for what must not move a detector: corrections of feedback that was taken in before, and history that was imported.
     */
    public static Optional<Rewarded> rewarded(Feedback feedback) {
        return rewarded(feedback, null);
    }

    /** @param segmentPath of the input that the loop is watched apart by; null where it is not */
    public static Optional<Rewarded> rewarded(Feedback feedback, String segmentPath) {
        if (feedback.revision() > 1 || feedback.imported()) {
            return Optional.empty();
        }
        Decision decision = feedback.decision();
        Double predicted = predicted(decision);
        boolean chose = !decision.slots().isEmpty();
        SlotDecision slot = chose ? slot(decision) : null;
        Greedy greedy = chose ? Greedy.of(slot.probabilities()) : null;
        return Optional.of(new Rewarded(
                decision.time(),
                decision.modelVersion(),
                bounded(feedback.reward()),
                predicted,
                feedback.status() == FeedbackStatus.MATCHED,
                delay(feedback),
                segmentPath == null ? null : segment(decision.context(), segmentPath),
                chose ? greedy.share(slot.action()) / slot.probability() : null,
                chose && greedy.score() != null ? bounded(greedy.score()) : null,
                0));
    }

    /** To the earliest reward that tells its time; in seconds, not negative. */
    private static Double delay(Feedback feedback) {
        return feedback.rewards().stream()
                .map(Reward::time)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(time -> Math.max(
                        0, Duration.between(feedback.decision().time(), time).toMillis() / 1000.0))
                .orElse(null);
    }

    /** The text, number or flag at a path; "missing" where there is none. */
    private static String segment(Map<String, Object> context, String path) {
        Object value = context;
        for (String key : path.split("(?<!\\\\)\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(key.replace("\\.", ".")) : null;
        }
        if (value == null || value instanceof Map || value instanceof List) {
            return MISSING;
        }
        String text = value.toString();
        return text.length() <= LONGEST_SEGMENT ? text : text.substring(0, LONGEST_SEGMENT);
    }

    private static SlotDecision slot(Decision decision) {
        return decision.slots().stream()
                .filter(one -> one.name().equals(SlotDecision.MAIN))
                .findFirst()
                .orElse(decision.slots().get(0));
    }

    private static Double predicted(Decision decision) {
        Double predicted = decision.kind() == LoopKind.REGRESSION ? decision.prediction() : score(decision);
        return predicted == null ? null : bounded(predicted);
    }

    /** The predicted reward of the chosen action in the slot that {@code Feedback.reward} is of. */
    private static Double score(Decision decision) {
        SlotDecision slot = slot(decision);
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
