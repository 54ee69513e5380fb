package io.leeway.drift;

import io.leeway.contracts.MovedInput;
import io.leeway.core.drift.FisherExact;
import io.leeway.core.drift.InputProfile;
import io.leeway.core.drift.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is broken about inputs rather than moved: types that changed, and for every finding the kind of check that it violates, named
 * as SageMaker Model Monitor names them. Thread safe: no state.
 */
final class DataQuality {
    static final String DATA_TYPE_TEST = "data-type";

    /** The check of an input that is there and whole, but not as it was. */
    static final String MOVED = "baseline_drift_check";

    /** Broken in a way that no model should learn. */
    private static final Set<String> GRAVE = Set.of("data_type_check", "missing_column_check");

    private DataQuality() {}

    static boolean isGrave(List<Map<String, Object>> checks) {
        return checks.stream().anyMatch(check -> GRAVE.contains(String.valueOf(check.get("check"))));
    }

    /**
     * Inputs whose values are numbers more or less often than in the training data, among those that have values in both.
     *
     * @param paths at least one; the level is divided among them
     */
    static List<MovedInput> changedTypes(
            Profile reference, Profile current, Set<String> paths, double level, double minimumEffect) {
        List<MovedInput> changed = new ArrayList<>();
        for (String path : paths) {
            InputProfile before = reference.inputs().getOrDefault(path, InputProfile.EMPTY);
            InputProfile after = current.inputs().getOrDefault(path, InputProfile.EMPTY);
            long n = before.numbers() + before.words();
            long m = after.numbers() + after.words();
            if (n == 0 || m == 0) {
                continue;
            }
            double was = (double) before.numbers() / n;
            double is = (double) after.numbers() / m;
            double p = FisherExact.pValue(before.numbers(), n, after.numbers(), m);
            double effect = Math.abs(was - is);
            if (effect >= minimumEffect && p <= level / paths.size()) {
                changed.add(new MovedInput(
                        path,
                        DATA_TYPE_TEST,
                        is,
                        p,
                        effect,
                        path + ": " + Words.percent(was) + " -> " + Words.percent(is) + " of the values are numbers"));
            }
        }
        return changed;
    }

    /** The check that each finding violates, in the findings' order. */
    static List<Map<String, Object>> checks(List<MovedInput> moved, Profile reference, Profile current) {
        List<Map<String, Object>> checks = new ArrayList<>();
        for (MovedInput one : moved) {
            checks.add(Map.of("check", check(one, reference, current), "input", one.input()));
        }
        return checks;
    }

    private static String check(MovedInput moved, Profile reference, Profile current) {
        InputProfile before = reference.inputs().getOrDefault(moved.input(), InputProfile.EMPTY);
        InputProfile after = current.inputs().getOrDefault(moved.input(), InputProfile.EMPTY);
        return switch (moved.test()) {
            case DATA_TYPE_TEST -> "data_type_check";
            case "missing" ->
                absent(before) ? "extra_column_check" : absent(after) ? "missing_column_check" : "completeness_check";
            case "chi-square" -> hasNewWords(before, after) ? "categorical_values_check" : MOVED;
            default -> MOVED;
        };
    }

    private static boolean absent(InputProfile input) {
        return input.numbers() + input.words() == 0;
    }

    /** A twentieth of the values is of words that the training data, as far as its words are kept, did not have. */
    private static boolean hasNewWords(InputProfile before, InputProfile after) {
        long unseen = after.categories().entrySet().stream()
                .filter(word -> !before.categories().containsKey(word.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return before.otherCategories() == 0 && unseen * 20 >= after.words();
    }
}
