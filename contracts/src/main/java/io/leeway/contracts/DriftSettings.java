package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;

/** What drift a loop watches for and what it does about it. */
public record DriftSettings(
        @JsonPropertyDescription("watch at all; default true")
        Boolean watch,

        @JsonPropertyDescription(
                "feedbacks in which at most one false alarm of the loop's sequential detectors is wanted, all of them together, >= 1000; default 1000000")
        Long falseAlarmFeedbacks,

        @JsonPropertyDescription(
                "if given, ADWIN with this confidence parameter watches rewards and errors in place of the detector that keeps falseAlarmFeedbacks, in (0, 0.5]")
        Double sequentialDelta,

        @JsonPropertyDescription(
                "false discovery rate of the two-sample tests over all inputs of a window, in (0, 0.5]; default 0.01")
        Double falseDiscoveryRate,

        @JsonPropertyDescription(
                "smallest effect that counts as input drift (Kolmogorov-Smirnov distance or total variation), in [0, 1]; default 0.1")
        Double minimumEffect,

        @JsonPropertyDescription("decisions in a window of the two-sample tests, 50 to 8192; default 1000")
        Integer windowRows,

        @JsonPropertyDescription("ask for retraining when drift of quality is detected; default true")
        Boolean retrain,

        @JsonPropertyDescription("ask for retraining when only inputs drift; default false")
        Boolean retrainOnInputs,

        @JsonPropertyDescription("quiet time after a retrain request of this loop; default 5 minutes")
        Duration coolDown,

        @JsonPropertyDescription("retrain requests in 24 hours at the most, >= 0; default 24")
        Integer retrainsPerDay) {

    public static final DriftSettings DEFAULT =
            new DriftSettings(null, null, null, null, null, null, null, null, null, null);

    public DriftSettings {
        watch = Check.or(watch, true);
        falseAlarmFeedbacks = Check.or(falseAlarmFeedbacks, 1_000_000L);
        if (falseAlarmFeedbacks < 1000) {
            throw new ContractViolation("falseAlarmFeedbacks", "must be >= 1000", falseAlarmFeedbacks);
        }
        if (sequentialDelta != null) {
            level("sequentialDelta", sequentialDelta);
        }
        falseDiscoveryRate = level("falseDiscoveryRate", Check.or(falseDiscoveryRate, 0.01));
        minimumEffect = Check.within("minimumEffect", Check.or(minimumEffect, 0.1), 0, 1);
        windowRows = (int) Check.within("windowRows", Check.or(windowRows, 1000), 50, 8192);
        retrain = Check.or(retrain, true);
        retrainOnInputs = Check.or(retrainOnInputs, false);
        coolDown = Check.notNegative("coolDown", Check.or(coolDown, Duration.ofMinutes(5)));
        retrainsPerDay = Check.atLeast("retrainsPerDay", Check.or(retrainsPerDay, 24), 0);
    }

    /** With the default of {@code falseAlarmFeedbacks}. */
    public DriftSettings(
            Boolean watch,
            Double sequentialDelta,
            Double falseDiscoveryRate,
            Double minimumEffect,
            Integer windowRows,
            Boolean retrain,
            Boolean retrainOnInputs,
            Duration coolDown,
            Integer retrainsPerDay) {
        this(
                watch,
                null,
                sequentialDelta,
                falseDiscoveryRate,
                minimumEffect,
                windowRows,
                retrain,
                retrainOnInputs,
                coolDown,
                retrainsPerDay);
    }

    private static double level(String field, double value) {
        if (!(value > 0 && value <= 0.5)) {
            throw new ContractViolation(field, "must be in (0, 0.5]", value);
        }
        return value;
    }
}
