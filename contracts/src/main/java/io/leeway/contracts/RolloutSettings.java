package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;

/** How new versions of a loop are proven and rolled out. */
public record RolloutSettings(
        @JsonPropertyDescription(
                "direct (default): champion once the gates have passed it; canary: makes a share of the decisions"
                        + " first; shadow: is asked beside first; manual: waits for a person")
        RolloutMode mode,

        @JsonPropertyDescription(
                "canary's share of the decisions, step by step, each in [0.01, 0.5], at most 20; default [0.1, 0.5]")
        List<Double> shares,

        @JsonPropertyDescription("least time of each step, ISO 8601; default PT10M")
        Duration bakingTime,

        @JsonPropertyDescription(
                "time after which a canary or shadow of which nothing is proven is taken back, ISO 8601, >= PT1S;"
                        + " default P7D")
        Duration patience,

        @JsonPropertyDescription(
                "smallest gain to be proven: bandit loops in units of the reward, regression loops as share of the"
                        + " squared error, >= 0; default 0: not losing more than training.tolerance is enough")
        Double gain,

        @JsonPropertyDescription(
                "loss within one segment that keeps a version out, share of the champion's value, in [0, 1]; default"
                        + " 0.1")
        Double seriousLoss,

        @JsonPropertyDescription(
                "paths of the context's inputs by whose values rows are split into segments, at most 20; default: all"
                        + " categories and flags of few values")
        List<String> segments) {

    public static final RolloutSettings DEFAULT = new RolloutSettings(null, null, null, null, null, null, null);

    public RolloutSettings {
        mode = Check.or(mode, RolloutMode.DIRECT);
        shares = shares == null || shares.isEmpty() ? List.of(0.1, 0.5) : Check.copy("shares", shares);
        if (shares.size() > 20) {
            throw new ContractViolation("shares", "must be at most 20 steps", shares.size());
        }
        for (double share : shares) {
            Check.within("shares", share, 0.01, 0.5);
        }
        bakingTime = Check.notNegative("bakingTime", Check.or(bakingTime, Duration.ofMinutes(10)));
        patience = Check.or(patience, Duration.ofDays(7));
        if (patience.toSeconds() < 1) {
            throw new ContractViolation("patience", "must be >= PT1S", patience);
        }
        gain = Check.atLeast("gain", Check.finite("gain", Check.or(gain, 0.0)), 0);
        seriousLoss = Check.within("seriousLoss", Check.or(seriousLoss, 0.1), 0, 1);
        segments = Check.copy("segments", segments);
        if (segments.size() > 20) {
            throw new ContractViolation("segments", "must be at most 20 inputs", segments.size());
        }
    }
}
