package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was seen of one input: how often it was there, the shape of its numbers, the counts of its words. Immutable.
 *
 * @param rows rows in which the input could have been
 * @param missing rows in which it was absent or null
 * @param numbers how many numbers were seen
 * @param mean of the numbers; 0 without numbers
 * @param standardDeviation of the numbers; 0 without numbers
 * @param quantiles of the numbers, evenly spaced in rank
 * @param categories counts of the most frequent words (flags count as "true" and "false")
 * @param otherCategories count of all other words
 */
public record InputProfile(
        long rows,
        long missing,
        long numbers,
        double mean,
        double standardDeviation,
        Quantiles quantiles,
        Map<String, Long> categories,
        long otherCategories) {
    public static final InputProfile EMPTY = new InputProfile(0, 0, 0, 0, 0, Quantiles.of(new double[0]), Map.of(), 0);

    public InputProfile {
        if (rows < 0 || missing < 0 || missing > rows) {
            throw new IllegalArgumentException("must be 0 <= missing <= rows: missing=" + missing + " rows=" + rows);
        }
        if (numbers < quantiles.size()) {
            throw new IllegalArgumentException(
                    "must be >= quantiles: numbers=" + numbers + " quantiles=" + quantiles.size());
        }
        categories = Map.copyOf(categories);
    }

    /** Count of all words, frequent or not. */
    public long words() {
        return categories.values().stream().mapToLong(Long::longValue).sum() + otherCategories;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", rows);
        json.put("missing", missing);
        if (numbers > 0) {
            json.put("numbers", numbers);
            json.put("mean", mean);
            json.put("standardDeviation", standardDeviation);
            json.put("quantiles", Arrays.stream(quantiles.toArray()).boxed().toList());
        }
        if (words() > 0) {
            json.put("categories", categories);
            json.put("otherCategories", otherCategories);
        }
        return json;
    }

    static InputProfile fromJson(JsonObject json) {
        return new InputProfile(
                json.integer("rows"),
                json.integer("missing"),
                json.integer("numbers", 0),
                json.number("mean", 0),
                json.number("standardDeviation", 0),
                Quantiles.of(json.has("quantiles") ? json.numbers("quantiles") : new double[0]),
                json.map("categories", JsonObject::integer),
                json.integer("otherCategories", 0));
    }
}
