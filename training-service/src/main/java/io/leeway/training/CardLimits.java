package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.ModelCard;
import io.leeway.contracts.rest.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a model cannot be relied on for, as far as its data and its gates tell. Stateless. */
final class CardLimits {
    private static final double OFTEN_MISSING = 0.2;
    private static final double RARE = 0.01;
    private static final int MOST_NAMED = 8;

    private CardLimits() {}

    static List<String> of(
            Loop loop,
            ModelVersion version,
            ModelCard.Data data,
            List<ModelCard.Input> inputs,
            List<ModelCard.Taken> actions,
            boolean profiled) {
        List<String> limits = new ArrayList<>();
        for (GateVerdict gate : version.gates()) {
            if (!gate.passed()) {
                limits.add("Gate " + gate.gate() + " did not let it pass: " + gate.reason() + ".");
            }
            if (gate.figures() != null && gate.figures().get("losingSegments") instanceof List<?> lost) {
                limits.add("It provably loses in " + lost.size() + " of the segments: " + lost + ".");
            }
        }
        String between = data.from() == null ? "" : " between " + data.from() + " and " + data.to();
        limits.add(
                "It learned from " + data.rows() + " rows" + between + "; what changed since then it does not know.");
        if (!profiled) {
            limits.add(
                    "Retention took its artifact: it cannot be served again, and what its inputs looked like is not known.");
        }
        inputs(inputs, limits);
        if (loop.kind() == LoopKind.BANDIT) {
            bandit(loop, actions, limits);
        } else if (version.metrics().get("intervalCoverage") == null) {
            limits.add("It gives no prediction intervals.");
        }
        if (version.gates().stream().noneMatch(gate -> gate.figures() != null && hasSegments(gate))) {
            limits.add("Figures by segment were not computed, or no segment had rows enough.");
        }
        return limits;
    }

    private static boolean hasSegments(GateVerdict gate) {
        return gate.figures().get("bySegment") instanceof List<?> parts && !parts.isEmpty();
    }

    private static void inputs(List<ModelCard.Input> inputs, List<String> limits) {
        if (inputs.stream().anyMatch(input -> input.largest() != null)) {
            limits.add("Numbers outside the ranges of the inputs below were not seen in training.");
        }
        String missing = inputs.stream()
                .filter(input -> input.missing() > OFTEN_MISSING)
                .limit(MOST_NAMED)
                .map(input -> String.format(Locale.ROOT, "%s (%.0f %%)", input.path(), 100 * input.missing()))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            limits.add("Often missing in training: " + missing + ".");
        }
    }

    private static void bandit(Loop loop, List<ModelCard.Taken> actions, List<String> limits) {
        long all = actions.stream().mapToLong(ModelCard.Taken::rows).sum();
        String rare = actions.stream()
                .filter(action -> action.rows() < RARE * all)
                .limit(MOST_NAMED)
                .map(action -> action.action() + " (" + action.rows() + " rows)")
                .collect(Collectors.joining(", "));
        if (!rare.isEmpty()) {
            limits.add("Taken in fewer than one of a hundred rows: " + rare + ".");
        }
        RewardRange range = loop.settings().reward().range();
        limits.add(
                "It was judged on logged choices, where rewards of actions that were not taken are estimated; rewards count"
                        + " within [" + range.min() + ", " + range.max() + "].");
    }
}
