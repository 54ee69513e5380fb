package io.leeway.drift;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.contracts.rest.DriftDataset;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.drift.WatchEvent.DatasetGiven;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps data sets that inputs are compared with: only what their inputs looked like, not their rows. */
@Singleton
public class KeepDatasets {
    /** A record of a topic holds no more. */
    private static final int LARGEST = 3_500_000;

    private static final Set<String> RESERVED =
            Set.of(DriftSettings.MODEL, DriftSettings.TRAILING, DriftSettings.PHASE);

    private final LookAtLoop look;
    private final Asks asks;
    private final Clock clock;

    KeepDatasets(LookAtLoop look, Asks asks, Clock clock) {
        this.look = look;
        this.asks = asks;
        this.clock = clock;
    }

    /** @param lines a context each, as a JSON object; empty lines are passed over */
    public DriftDataset put(String loop, String name, List<String> lines) {
        look.requireHere(loop);
        if (RESERVED.contains(name) || !name.matches("[a-z0-9][a-z0-9._-]{0,62}")) {
            throw new ContractViolation("name", "must be 1 to 63 of a-z 0-9 . _ - and none of " + RESERVED, name);
        }
        Dataset dataset =
                new Dataset(name, clock.instant(), "an upload", learn(lines).profile());
        if (dataset.toBytes().length > LARGEST) {
            throw new ContractViolation(
                    "inputs", "must be fewer", dataset.profile().inputs().size());
        }
        return asks.after(loop, new DatasetGiven(name, dataset), (watch, window, now) -> answer(dataset));
    }

    private static ProfileLearner learn(List<String> lines) {
        ProfileLearner learner = new ProfileLearner();
        int number = 0;
        for (String line : lines) {
            number++;
            if (!line.isBlank()) {
                try {
                    learner.observe(Integer.toString(number), Json.read(line, Map.class));
                } catch (UnreadableJsonException | IllegalArgumentException e) {
                    throw new ContractViolation("line " + number, e.getMessage(), "...");
                }
            }
        }
        if (learner.rows() == 0) {
            throw new ContractViolation("rows", "must be >= 1", 0);
        }
        return learner;
    }

    /** By name. */
    public List<DriftDataset> all(String loop) {
        look.requireHere(loop);
        return asks.look(loop, (watch, window, now) -> window.datasets().stream()
                .map(KeepDatasets::answer)
                .toList());
    }

    /** Forgetting what is not there is no error. */
    public void forget(String loop, String name) {
        look.requireHere(loop);
        asks.after(loop, new DatasetGiven(name, null), (watch, window, now) -> name);
    }

    private static DriftDataset answer(Dataset dataset) {
        return new DriftDataset(
                dataset.name(),
                dataset.madeAt(),
                dataset.profile().rows(),
                dataset.profile().inputs().size());
    }
}
