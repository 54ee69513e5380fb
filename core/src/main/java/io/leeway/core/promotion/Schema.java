package io.leeway.core.promotion;

import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether training rows have the inputs that serving will have: compared with what requests carried lately, and with what the champion
 * reads. An input that rows have and requests never do is known only afterwards (it leaks the future), or belongs to another source. Not
 * thread-safe.
 */
final class Schema {
    /** Fewer requests than this say nothing of what requests carry. */
    static final int FEWEST_REQUESTS = 20;
    /** An input counts as usual in rows or requests from this share on. */
    private static final double USUAL = 0.2;

    private final InputCounts rows = new InputCounts();
    private final InputCounts requests = new InputCounts();
    private final Map<String, Input.Kind> expected = new LinkedHashMap<>();

    void row(Map<String, Object> context) {
        rows.add(context);
    }

    void request(Map<String, Object> context) {
        requests.add(context);
    }

    /** What the champion reads of the context and always had. */
    void expect(FeatureSpec champion) {
        champion.context().stream()
                .filter(input -> !input.missingIndicator())
                .forEach(input -> expected.put(input.path(), input.kind()));
    }

    int requests() {
        return requests.contexts();
    }

    /** What is wrong, in words, each naming the input; empty if nothing is. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (requests.contexts() >= FEWEST_REQUESTS && rows.contexts() > 0) {
            for (String path : rows.paths()) {
                if (rows.share(path) >= USUAL && requests.share(path) == 0) {
                    faults.add("no request carries the input " + path + ", which the rows have");
                }
            }
            for (String path : requests.paths()) {
                if (requests.share(path) >= USUAL && rows.share(path) == 0) {
                    faults.add("no row has the input " + path + ", which requests carry");
                } else if (requests.share(path) >= USUAL && !overlap(path)) {
                    faults.add("the input " + path + " is " + words(rows, path) + " in the rows and "
                            + words(requests, path) + " in requests");
                }
            }
        }
        // What requests do not carry any more is gone for good: a candidate that does without is what is needed then.
        boolean requestsSpeak = requests.contexts() >= FEWEST_REQUESTS;
        expected.forEach((path, kind) -> {
            if (rows.contexts() > 0 && !rows.has(path, kind) && !requestsSpeak) {
                faults.add("no row has the input " + path + " (" + word(kind) + "), which the champion reads");
            }
        });
        return faults;
    }

    private boolean overlap(String path) {
        return rows.kinds(path).stream().anyMatch(requests.kinds(path)::contains);
    }

    private static String words(InputCounts counts, String path) {
        return String.join(
                " and ", counts.kinds(path).stream().map(Schema::word).toList());
    }

    private static String word(Input.Kind kind) {
        return switch (kind) {
            case NUMBER -> "a number";
            case CATEGORY -> "a category";
            case FLAG -> "a flag";
        };
    }
}
