package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.Loop;
import io.leeway.contracts.RetrainRequest;
import io.leeway.core.drift.Profile;
import io.leeway.drift.LoopWatch.Outcome;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.ModelServes;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Feeds a watch, one event per second, and keeps what it tells. */
final class Feed implements InputWindow {
    static final Duration PATIENCE = Duration.ofMinutes(15);

    final List<Drift> drifts = new ArrayList<>();
    final List<RetrainRequest> requests = new ArrayList<>();
    private final Map<Integer, Decided> rows = new TreeMap<>();
    private final Profile reference;
    private LoopWatch watch;
    private long second;
    private long version;

    Feed(Loop loop) {
        this(loop, Profile.EMPTY);
    }

    Feed(Loop loop, Profile reference) {
        this.watch = LoopWatch.of(loop, PATIENCE);
        this.reference = reference;
    }

    Feed serve(long newVersion) {
        version = newVersion;
        return take(new ModelServes(newVersion, "sha-" + newVersion));
    }

    Feed reward(double reward, Double predicted) {
        return take(new Rewarded(now(), version, reward, predicted));
    }

    Feed decide(Map<String, Object> row) {
        return take(new Decided(now(), version, row));
    }

    Feed take(WatchEvent event) {
        Outcome outcome = watch.take(event, now(), this);
        for (Signal signal : outcome.signals()) {
            if (signal.event() instanceof Drift drift) {
                drifts.add(drift);
            } else {
                requests.add((RetrainRequest) signal.event());
            }
        }
        second++;
        return this;
    }

    Feed pass(Duration duration) {
        second += duration.toSeconds();
        return this;
    }

    Instant now() {
        return Loops.BORN.plusSeconds(second);
    }

    LoopWatch watch() {
        return watch;
    }

    /** As a restart does. */
    void restore() {
        watch = LoopWatch.restore(watch.snapshot(), PATIENCE);
    }

    List<Drift> in(DriftState state) {
        return drifts.stream().filter(drift -> drift.state() == state).toList();
    }

    @Override
    public void put(int slot, Decided decided) {
        rows.put(slot, decided);
    }

    @Override
    public List<Decided> rows(int count) {
        return rows.entrySet().stream()
                .filter(entry -> entry.getKey() < count)
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public Profile reference(long modelVersion, String sha256) {
        return reference;
    }
}
