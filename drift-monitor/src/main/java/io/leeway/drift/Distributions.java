package io.leeway.drift;

import io.leeway.contracts.rest.InputDistribution;
import io.leeway.core.drift.InputProfile;
import io.leeway.core.drift.Quantiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was seen of an input, cut down to what people look at. */
final class Distributions {
    private static final int PERCENT = 100;
    private static final int MOST_WORDS = 100;

    private Distributions() {}

    static InputDistribution of(InputProfile input) {
        Map<String, Long> frequent = new LinkedHashMap<>();
        input.categories().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_WORDS)
                .forEach(entry -> frequent.put(entry.getKey(), entry.getValue()));
        long kept = frequent.values().stream().mapToLong(Long::longValue).sum();
        return new InputDistribution(
                input.rows(),
                input.missing(),
                input.numbers(),
                input.mean(),
                input.standardDeviation(),
                quantiles(input.quantiles()),
                frequent,
                input.words() - kept);
    }

    private static List<Double> quantiles(Quantiles values) {
        List<Double> quantiles = new ArrayList<>();
        for (int i = 0; values.size() > 0 && i <= PERCENT; i++) {
            quantiles.add(values.at(i / (double) PERCENT));
        }
        return quantiles;
    }
}
