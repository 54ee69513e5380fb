package io.leeway.prediction;

import io.leeway.contracts.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** Counts decisions and their time. Thread safe. Meters are looked up once: the registry's own look-up builds tags each time. */
@Singleton
public class DecisionMeters {
    private static final Duration[] LATENCY_LIMITS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofSeconds(1)
    };

    private final MeterRegistry registry;
    private final ConcurrentMap<CounterKey, Counter> decisions = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Timer> latencies = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, ApprenticeMeters> apprentices = new ConcurrentHashMap<>();

    private record ApprenticeMeters(Counter decisions, Counter agreed) {}

    private record CounterKey(String loop, String policy) {}

    public DecisionMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A decision was logged for the first time. */
    void decided(Decision decision) {
        decided(decision.loop(), decision.policy());
        Agreement.of(decision).ifPresent(share -> compared(decision.loop(), share));
    }

    private void decided(String loop, String policy) {
        decisions(loop, policy).increment();
    }

    private Counter decisions(String loop, String policy) {
        CounterKey key = new CounterKey(loop, policy);
        Counter counter = decisions.get(key); // asked first: computeIfAbsent may lock
        return counter == null ? decisions.computeIfAbsent(key, this::counter) : counter;
    }

    private Counter counter(CounterKey key) {
        return Counter.builder("leeway.decisions")
                .description("decisions that were made and logged")
                .tags("loop", key.loop, "policy", key.policy)
                .register(registry);
    }

    /** A decision was answered that could not be logged, because its loop says so. */
    void unlogged(String loop) {
        registry.counter("leeway.decisions.unlogged", "loop", loop).increment();
    }

    /** How often an apprentice would have agreed with the baseline, on this instance since it started. */
    public record Apprenticeship(long decisions, double agreed) {
        /** Share of agreement in [0, 1]; NaN before the first decision. */
        public double share() {
            return agreed / decisions;
        }
    }

    /** Empty while the loop's model has not been compared with a baseline. */
    public Optional<Apprenticeship> apprenticeship(String loop) {
        return Optional.ofNullable(apprentices.get(loop))
                .map(meters -> new Apprenticeship((long) meters.decisions.count(), meters.agreed.count()));
    }

    private void compared(String loop, double share) {
        ApprenticeMeters meters = apprentices.computeIfAbsent(
                loop,
                name -> new ApprenticeMeters(
                        Counter.builder("leeway.apprentice.decisions")
                                .description("baseline decisions that a model was compared with")
                                .tag("loop", name)
                                .register(registry),
                        Counter.builder("leeway.apprentice.agreed")
                                .description("of those, in which the model's best action was the baseline's")
                                .tag("loop", name)
                                .register(registry)));
        meters.decisions.increment();
        meters.agreed.increment(share);
    }

    /** A request was answered, with the wait for the log. */
    public void answered(String loop, long nanos) {
        latency(loop).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer latency(String loop) {
        return latencies.computeIfAbsent(loop, name -> Timer.builder("leeway.decision.latency")
                .description("from the parsed request to the confirmed decision")
                .tag("loop", name)
                .serviceLevelObjectives(LATENCY_LIMITS)
                .register(registry));
    }

    /** The meters of one loop and one of its policies, for who keeps them: looking them up is not free either. */
    public OfPolicy of(String loop, String policy) {
        return new OfPolicy(decisions(loop, policy), latency(loop));
    }

    /** What is counted of the decisions of a policy. */
    public record OfPolicy(Counter decisions, Timer latency) {
        /** A decision was logged for the first time, and answered. */
        public void decided(long nanos) {
            decisions.increment();
            latency.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
