package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftState;
import io.leeway.drift.Signal.DriftFound;
import io.leeway.drift.Signal.TrainingAsked;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Counters and gauges. Counters count what this process sent: after a crash, what was sent in the last transaction may be counted
 * again.
 */
@Singleton
public class WatchMetrics {
    private final MeterRegistry meters;
    private final Set<String> shown = ConcurrentHashMap.newKeySet();

    public WatchMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    public void told(Signal signal) {
        if (signal instanceof DriftFound found) {
            Drift drift = found.drift();
            meters.counter(
                            "leeway.drift.events",
                            "loop",
                            drift.loop(),
                            "kind",
                            drift.kind().name().toLowerCase(Locale.ROOT),
                            "state",
                            drift.state().name().toLowerCase(Locale.ROOT))
                    .increment();
            if (drift.state() == DriftState.DETECTED) {
                String kind = drift.kind().name().toLowerCase(Locale.ROOT);
                meters.counter("leeway.drift.alarms", "loop", drift.loop(), "kind", kind)
                        .increment();
            }
        } else if (signal instanceof TrainingAsked asked) {
            String cause = asked.request().cause().name().toLowerCase(Locale.ROOT);
            meters.counter("leeway.retrain.requests", "loop", asked.request().loop(), "cause", cause)
                    .increment();
        }
    }

    /** An event named a loop that nobody has made. */
    public void unknownLoop() {
        meters.counter("leeway.drift.unknown.loop").increment();
    }

    /** A record that cannot be used. */
    public void deadLetter(String topic) {
        meters.counter("leeway.dead.letters", "topic", topic).increment();
    }

    /** Shows a loop as the board has it; again is as good as once. */
    public void watch(String loop, WatchBoard board) {
        if (!shown.add(loop)) {
            return;
        }
        gauge("leeway.drift.active", loop, board, view -> view.status().active().size());
        gauge("leeway.drift.feedbacks", loop, board, view -> view.status().feedbacks());
        for (DriftKind kind : DriftKind.values()) {
            String word = kind.name().toLowerCase(Locale.ROOT);
            Gauge.builder("leeway.drift.state", board, all -> all.find(loop)
                            .map(view -> (double) view.states().getOrDefault(word, 0))
                            .orElse(Double.NaN))
                    .description("2 drift is detected and lasts, 1 it is suspected, 0 neither")
                    .tags("loop", loop, "kind", word)
                    .register(meters);
        }
        gauge("leeway.drift.model.version", loop, board, view -> view.status().modelVersion());
    }

    private void gauge(String name, String loop, WatchBoard board, ToDoubleFunction<WatchBoard.View> figure) {
        Gauge.builder(name, board, all -> all.find(loop)
                        .map(figure::applyAsDouble)
                        .orElse(Double.NaN))
                .tag("loop", loop)
                .register(meters);
    }
}
