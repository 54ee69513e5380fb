package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Feeds a watch, one event per second, and keeps what it tells. */
final class Feed implements InputWindow {
    static final Duration PATIENCE = Duration.ofMinutes(15);

    final List<Drift> drifts = new ArrayList<>();
    /** Those of quality that are more than suspicions. */
    final List<Drift> quality = new ArrayList<>();

    final List<RetrainRequest> requests = new ArrayList<>();
    private final Map<Integer, Decided> rows = new TreeMap<>();
    final Map<String, Dataset> datasets = new TreeMap<>();
    private final Map<Integer, byte[]> phases = new TreeMap<>();
    private final Profile reference;

    /** What the model says of a row; null where it is not known. */
    Function<Map<String, Object>, double[]> scores;

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

    /** As one that stood in the topic already: no time goes by. */
    Feed catchUp(WatchEvent event) {
        take(event);
        second--;
        return this;
    }

    Feed take(WatchEvent event) {
        Outcome outcome = watch.take(event, now(), this);
        for (Signal signal : outcome.signals()) {
            if (signal.event() instanceof Drift drift) {
                drifts.add(drift);
                if (drift.kind() == DriftKind.QUALITY && drift.state() != DriftState.SUSPECTED) {
                    quality.add(drift);
                }
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

    /** Puts the monitor's clock there; it does not go back. */
    Feed at(Instant time) {
        second = Math.max(second, Duration.between(Loops.BORN, time).toSeconds());
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
    public Optional<Decided> row(int slot) {
        return Optional.ofNullable(rows.get(slot));
    }

    @Override
    public Optional<Function<Map<String, Object>, double[]>> scores(
            long modelVersion, String sha256, Collection<String> seen) {
        return Optional.ofNullable(scores);
    }

    @Override
    public Optional<Dataset> dataset(String name) {
        return Optional.ofNullable(datasets.get(name));
    }

    @Override
    public List<Dataset> datasets() {
        return List.copyOf(datasets.values());
    }

    @Override
    public void keepDataset(String name, Dataset dataset) {
        datasets.put(name, dataset);
    }

    @Override
    public Optional<byte[]> phase(int phase) {
        return Optional.ofNullable(phases.get(phase));
    }

    @Override
    public void keepPhase(int phase, byte[] known) {
        phases.put(phase, known);
    }

    @Override
    public Profile reference(long modelVersion, String sha256) {
        return reference;
    }
}
