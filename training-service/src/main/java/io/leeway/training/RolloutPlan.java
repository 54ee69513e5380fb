package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.RolloutMode;
import io.leeway.contracts.RolloutSettings;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.contracts.rest.RolloutState;
import io.leeway.core.promotion.Canary;
import io.leeway.core.promotion.CanaryPlan;
import io.leeway.core.promotion.LiveComparison;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a rollout begins with: its steps, and a comparison with the level and tolerance that the quality gate had. Stateless. */
final class RolloutPlan {
    private RolloutPlan() {}

    /** The beginning of a version's rollout, as the loop's settings want it. */
    static VersionRollout begin(Loop loop, ModelVersion version, long champion, Instant now) {
        RolloutSettings settings = loop.settings().rollout();
        List<Double> shares = settings.mode() == RolloutMode.CANARY ? settings.shares() : List.of();
        CanaryPlan plan = new CanaryPlan(shares, settings.bakingTime(), settings.patience(), settings.gain());
        LiveComparison live = comparison(loop, version, plan);
        RolloutState state = settings.mode() == RolloutMode.MANUAL ? RolloutState.WAITING : RolloutState.RUNNING;
        return new VersionRollout(
                0,
                loop.name(),
                version.version(),
                champion,
                settings.mode(),
                state,
                0,
                plan,
                live.toJson(),
                Map.of(),
                verdict(plan, live, 0, false, "has only begun"),
                now,
                now,
                null);
    }

    private static LiveComparison comparison(Loop loop, ModelVersion version, CanaryPlan plan) {
        Map<String, Object> quality = version.gates().stream()
                .filter(gate -> gate.gate().equals("quality"))
                .findFirst()
                .map(GateVerdict::figures)
                .orElse(Map.of());
        double level = number(quality, "level", 0.05);
        double tolerance = loop.settings().training().tolerance();
        if (loop.kind() == LoopKind.REGRESSION) {
            return LiveComparison.ofPredictions(tolerance, level);
        }
        double allowed = tolerance * Math.abs(number(quality, "referenceValue", 0));
        return plan.shares().isEmpty()
                ? LiveComparison.ofShadow(Gates.range(loop), allowed, level)
                : LiveComparison.ofMixture(
                        Gates.range(loop), plan.smallestShare(), plan.largestShare(), allowed, level);
    }

    private static double number(Map<String, Object> figures, String name, double absent) {
        return figures.get(name) instanceof Number number ? number.doubleValue() : absent;
    }

    static GateVerdict verdict(CanaryPlan plan, LiveComparison live, int step, boolean passed, String reason) {
        return new GateVerdict(Canary.NAME, passed, reason, Canary.figures(plan, live, step));
    }
}
