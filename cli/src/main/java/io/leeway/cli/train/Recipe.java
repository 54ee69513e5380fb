package io.leeway.cli.train;

import io.leeway.cli.CommandException;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.core.logs.LogFormatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a table's rows become rows to learn from: the part {@code data} of a loop's file, which the service itself never sees. Every part
 * may be left out: then the columns {@code time}, {@code reward}, {@code action} and {@code probability} are read, and all others are
 * the context as they are. Immutable.
 *
 * <pre>{@code
 * data:
 *   time: lpep_pickup_datetime             column of moments
 *   reward: minutes(pick_up, drop_off)     see Term
 *   rewardWithin: [1, 60]                  rows outside are left out
 *   action: item_id                        columns of a bandit's log
 *   probability: propensity_score
 *   context:
 *     distance: number(trip_distance, 0.01, 100)
 * }</pre>
 */
final class Recipe {
    private final boolean bandit;
    private final String time;
    private final Term reward;
    private final double least;
    private final double most;
    private final String action;
    private final String probability;
    private final Map<String, Term> context;
    private final Set<String> used = new HashSet<>();

    private Recipe(LoopSettings settings, Map<?, ?> data) {
        bandit = settings.kind() == LoopKind.BANDIT;
        time = text(data, "time", "time");
        reward = Term.parse("data.reward", data.containsKey("reward") ? data.get("reward") : "number(reward)");
        List<?> within = data.get("rewardWithin") instanceof List<?> list ? list : List.of();
        least = within.size() == 2 ? bound(within.get(0)) : Double.NEGATIVE_INFINITY;
        most = within.size() == 2 ? bound(within.get(1)) : Double.POSITIVE_INFINITY;
        action = text(data, "action", "action");
        probability = text(data, "probability", "probability");
        context = new LinkedHashMap<>();
        if (data.get("context") instanceof Map<?, ?> terms) {
            terms.forEach((name, term) -> context.put(name.toString(), Term.parse("data.context." + name, term)));
        }
        used.add(time);
        used.addAll(reward.columns());
        if (bandit) {
            used.add(action);
            used.add(probability);
        }
        Set<String> known = Set.of("time", "reward", "rewardWithin", "action", "probability", "context");
        data.keySet().stream()
                .filter(key -> !known.contains(key.toString()))
                .findFirst()
                .ifPresent(key -> {
                    throw new CommandException(
                            "must be one of " + known.stream().sorted().toList() + ": data." + key);
                });
        context.forEach((name, term) -> {
            if (leaks(term)) {
                throw new CommandException(
                        "must not be made of what the reward is made of: data.context." + name + "=" + term.text());
            }
        });
    }

    /** The recipe of a loop's file. */
    static Recipe of(LoopSettings settings) {
        return new Recipe(settings, settings.other().get("data") instanceof Map<?, ?> data ? data : Map.of());
    }

    /** The last column of a reward is what is only known when all is over; time since the first is. */
    private boolean leaks(Term term) {
        List<String> columns = reward.columns();
        return term.columns().contains(columns.get(columns.size() - 1));
    }

    /**
     * A row of the table to learn from; empty where it has no reward, or one outside of the bounds.
     *
     * @param number of the row, from 0 on
     * @throws LogFormatException if it is no decision: no action, or no probability that something can have happened with
     */
    Optional<Example> example(Map<String, Object> row, long number) {
        Double value = Term.number(reward.of(row));
        if (value == null || !(value >= least && value <= most)) {
            return Optional.empty();
        }
        Instant at = row.containsKey(time) ? Term.moment(row.get(time)) : Instant.EPOCH.plusMillis(number);
        if (at == null) {
            return Optional.empty();
        }
        String id = String.format("row-%09d", number);
        if (!bandit) {
            return Optional.of(new Example(id, at, context(row), null, 1, value));
        }
        Double propensity = Term.number(row.get(probability));
        String taken = Term.word(row.get(action));
        if (taken == null) {
            throw new LogFormatException("must say which action was taken: " + action + "=" + row.get(action));
        }
        if (propensity == null || !(propensity > 0 && propensity <= 1)) {
            throw new LogFormatException("must be in (0, 1]: " + probability + "=" + row.get(probability));
        }
        return Optional.of(new Example(id, at, context(row), taken, propensity, value));
    }

    private Map<String, Object> context(Map<String, Object> row) {
        Map<String, Object> made = new LinkedHashMap<>();
        if (context.isEmpty()) {
            row.forEach((column, value) -> {
                if (!used.contains(column) && !column.isBlank()) {
                    made.put(column, value instanceof Instant ? value.toString() : value);
                }
            });
            return made;
        }
        context.forEach((name, term) -> {
            Object value = term.of(row);
            if (value != null) {
                made.put(name, value);
            }
        });
        return made;
    }

    /** Columns that must be there. */
    List<String> columns() {
        List<String> columns = new ArrayList<>(reward.columns());
        context.values().forEach(term -> columns.addAll(term.columns()));
        if (bandit) {
            columns.add(action);
            columns.add(probability);
        }
        return columns.stream().distinct().toList();
    }

    private static String text(Map<?, ?> data, String key, String absent) {
        return data.get(key) == null ? absent : data.get(key).toString();
    }

    private static double bound(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new CommandException("must be two numbers: data.rewardWithin=" + value);
    }
}
