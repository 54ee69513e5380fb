package io.leeway.cli.bakeoff;

import io.leeway.core.bakeoff.ChangingStream;
import io.leeway.core.bakeoff.RewardedStream;
import io.leeway.core.bakeoff.StreamPrefix;
import io.leeway.core.features.Action;
import io.leeway.simulator.dataset.ActionsFile;
import io.leeway.simulator.dataset.Dataset;
import io.leeway.simulator.dataset.DatasetFile;
import io.leeway.simulator.dataset.DatasetStream;
import io.leeway.simulator.dataset.Outcomes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A data file in some orders. */
final class FileSet implements Contest.SetOfStreams {
    /**
     * How a file becomes a stream.
     *
     * @param label column of the labels; null with rewards
     * @param rewards beginning of the names of the reward columns; null with a label
     * @param actions file of the actions' features, or null
     * @param changeAt shares of the stream after which the actions trade places, ascending
     * @param limit steps at most
     */
    record Reading(
            String label, String rewards, Path actions, Scaling scaling, List<Double> changeAt, int limit, long seed) {
        Reading {
            changeAt = List.copyOf(changeAt);
        }
    }

    private final Dataset dataset;
    private final Reading reading;
    private final Map<String, int[]> orders;

    private FileSet(Dataset dataset, Reading reading, Map<String, int[]> orders) {
        this.dataset = dataset;
        this.reading = reading;
        this.orders = new LinkedHashMap<>(orders);
    }

    /** Reads the file; its orders are given by row numbers. */
    static FileSet read(Path file, Reading reading, OrderChoice choice) {
        Dataset dataset = DatasetFile.read(file, column -> column.equals(reading.label()));
        FileSet set = new FileSet(dataset, reading, choice.orders(file, dataset.rows()));
        set.outcomes(dataset); // refuses early what would fail after an hour
        return set;
    }

    @Override
    public String name() {
        return dataset.name();
    }

    @Override
    public List<String> streams() {
        return List.copyOf(orders.keySet());
    }

    @Override
    public long steps() {
        return orders.values().stream()
                .mapToLong(order -> Math.min(order.length, reading.limit()))
                .sum();
    }

    @Override
    public RewardedStream stream(String order) {
        Outcomes unordered = outcomes(dataset);
        Dataset ordered = reading.scaling().apply(dataset, orders.get(order), column -> !unordered.uses(column));
        Outcomes outcomes = outcomes(ordered);
        List<Action> actions =
                reading.actions() == null ? List.of() : ActionsFile.read(reading.actions(), outcomes.actions());
        RewardedStream stream = DatasetStream.of(ordered, outcomes, actions);
        stream = new StreamPrefix(stream, Math.min(stream.steps(), reading.limit()));
        SplittableRandom random = new SplittableRandom(reading.seed());
        for (double share : reading.changeAt()) {
            stream = new ChangingStream(stream, (int) Math.round(share * stream.steps()), random);
        }
        return stream;
    }

    private Outcomes outcomes(Dataset rows) {
        if (reading.rewards() != null) {
            return Outcomes.rewards(rows, reading.rewards());
        }
        rows.column(reading.label());
        return Outcomes.label(rows, reading.label());
    }
}
