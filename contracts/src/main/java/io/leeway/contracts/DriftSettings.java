package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;

/** What drift a loop watches for and what it does about it. */
public record DriftSettings(
        @JsonPropertyDescription("watch at all; default true")
        Boolean watch,

        @JsonPropertyDescription(
                "feedbacks in which at most one false alarm of the loop is wanted, of all its detectors and tests together, >= 1000; default 1000000")
        Long falseAlarmFeedbacks,

        @JsonPropertyDescription(
                "if given, ADWIN with this confidence parameter watches rewards and errors in place of the detector that keeps falseAlarmFeedbacks, in (0, 0.5]")
        Double sequentialDelta,

        @JsonPropertyDescription(
                "false discovery rate of the two-sample tests over all inputs of a window at the most, in (0, 0.5]; the budget of false alarms may ask for less; default 0.01")
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
        Integer retrainsPerDay,

        @JsonPropertyDescription("kinds of drift that ask for retraining; absent: as retrain and retrainOnInputs say")
        List<DriftKind> retrainOn,

        @JsonPropertyDescription(
                "what inputs are compared with: model (the serving model's training data, default), trailing (the window before), phase (the same hours of earlier days and weeks), or the name of a data set that was uploaded")
        String reference,

        @JsonPropertyDescription(
                "path of an input, as in user.country, by whose values quality is watched apart, the first 20 of them; absent: not apart")
        String segment,

        @JsonPropertyDescription("where drift events are posted to, at most 5")
        List<Webhook> webhooks,

        @JsonPropertyDescription(
                "whether inputs are compared together, too, by a model that is to tell new decisions from earlier ones; default true")
        Boolean together,

        @JsonPropertyDescription(
                "time in which at most one false alarm of the loop is wanted whatever the traffic and in place of falseAlarmFeedbacks; at least an hour; absent by default")
        Duration falseAlarmPeriod) {

    /** The reference that is the serving model's training data. */
    public static final String MODEL = "model";
    /** The reference that is the window before the newest. */
    public static final String TRAILING = "trailing";
    /** The reference that is the same phase of earlier days and weeks. */
    public static final String PHASE = "phase";

    public static final DriftSettings DEFAULT = builder().build();

    private static final int MOST_WEBHOOKS = 5;
    private static final Duration SHORTEST_PERIOD = Duration.ofHours(1);

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
        retrainOn = retrainOn == null ? null : Check.copy("retrainOn", retrainOn);
        reference = Check.loopName("reference", Check.or(reference, MODEL));
        if (segment != null) {
            Check.id("segment", segment);
        }
        together = Check.or(together, true);
        if (falseAlarmPeriod != null && falseAlarmPeriod.compareTo(SHORTEST_PERIOD) < 0) {
            throw new ContractViolation("falseAlarmPeriod", "must be >= " + SHORTEST_PERIOD, falseAlarmPeriod);
        }
        webhooks = Check.copy("webhooks", webhooks);
        if (webhooks.size() > MOST_WEBHOOKS) {
            throw new ContractViolation(
                    "webhooks", "must have at most " + MOST_WEBHOOKS + " addresses", webhooks.size());
        }
    }

    /** Whether a lasting drift of this kind asks for retraining. */
    public boolean retrainsOn(DriftKind kind) {
        if (retrainOn != null) {
            return retrainOn.contains(kind);
        }
        return kind == DriftKind.QUALITY && retrain || kind == DriftKind.INPUTS && retrainOnInputs;
    }

    /** Everything as by default, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same, to be changed. */
    public Builder toBuilder() {
        return builder()
                .watch(watch)
                .falseAlarmFeedbacks(falseAlarmFeedbacks)
                .sequentialDelta(sequentialDelta)
                .falseDiscoveryRate(falseDiscoveryRate)
                .minimumEffect(minimumEffect)
                .windowRows(windowRows)
                .retrain(retrain)
                .retrainOnInputs(retrainOnInputs)
                .coolDown(coolDown)
                .retrainsPerDay(retrainsPerDay)
                .retrainOn(retrainOn)
                .reference(reference)
                .segment(segment)
                .webhooks(webhooks)
                .together(together)
                .falseAlarmPeriod(falseAlarmPeriod);
    }

    private static double level(String field, double value) {
        if (!(value > 0 && value <= 0.5)) {
            throw new ContractViolation(field, "must be in (0, 0.5]", value);
        }
        return value;
    }

    /** Settings while they are made; what is not set, or null, is as by default. Not thread safe. */
    public static final class Builder {
        private Boolean watch;
        private Long falseAlarmFeedbacks;
        private Double sequentialDelta;
        private Double falseDiscoveryRate;
        private Double minimumEffect;
        private Integer windowRows;
        private Boolean retrain;
        private Boolean retrainOnInputs;
        private Duration coolDown;
        private Integer retrainsPerDay;
        private List<DriftKind> retrainOn;
        private String reference;
        private String segment;
        private List<Webhook> webhooks;
        private Boolean together;
        private Duration falseAlarmPeriod;

        private Builder() {}

        public Builder watch(Boolean value) {
            this.watch = value;
            return this;
        }

        public Builder falseAlarmFeedbacks(Long value) {
            this.falseAlarmFeedbacks = value;
            return this;
        }

        public Builder sequentialDelta(Double value) {
            this.sequentialDelta = value;
            return this;
        }

        public Builder falseDiscoveryRate(Double value) {
            this.falseDiscoveryRate = value;
            return this;
        }

        public Builder minimumEffect(Double value) {
            this.minimumEffect = value;
            return this;
        }

        public Builder windowRows(Integer value) {
            this.windowRows = value;
            return this;
        }

        public Builder retrain(Boolean value) {
            this.retrain = value;
            return this;
        }

        public Builder retrainOnInputs(Boolean value) {
            this.retrainOnInputs = value;
            return this;
        }

        public Builder coolDown(Duration value) {
            this.coolDown = value;
            return this;
        }

        public Builder retrainsPerDay(Integer value) {
            this.retrainsPerDay = value;
            return this;
        }

        public Builder retrainOn(List<DriftKind> value) {
            this.retrainOn = value;
            return this;
        }

        public Builder reference(String value) {
            this.reference = value;
            return this;
        }

        public Builder segment(String value) {
            this.segment = value;
            return this;
        }

        public Builder webhooks(List<Webhook> value) {
            this.webhooks = value;
            return this;
        }

        public Builder together(Boolean value) {
            this.together = value;
            return this;
        }

        public Builder falseAlarmPeriod(Duration value) {
            this.falseAlarmPeriod = value;
            return this;
        }

        public DriftSettings build() {
            return new DriftSettings(
                    watch,
                    falseAlarmFeedbacks,
                    sequentialDelta,
                    falseDiscoveryRate,
                    minimumEffect,
                    windowRows,
                    retrain,
                    retrainOnInputs,
                    coolDown,
                    retrainsPerDay,
                    retrainOn,
                    reference,
                    segment,
                    webhooks,
                    together,
                    falseAlarmPeriod);
        }
    }
}
