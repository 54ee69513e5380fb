package io.leeway.drift;

import io.leeway.contracts.DriftWindow;
import io.leeway.contracts.MovedInput;
import io.leeway.core.drift.DecisionEffect;
import io.leeway.core.drift.InputProfile;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.Quantiles;
import io.leeway.core.drift.TableDrift;
import io.leeway.core.drift.TableDrift.InputDrift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares the inputs of a window of decisions with a reference.
 *
 * @param inputs inputs that were compared
 * @param leftOut inputs that were not, because there are more than {@link #MOST_INPUTS}
 * @param reference what they were compared with, in words
 * @param level over all tests of the check together
 * @param smallestPValue after Benjamini-Hochberg; 1 where nothing was tested
 * @param moved the inputs that moved, at most {@link #MOST_MOVED}; largest effect first, or as {@link #ranked}
 * @param checks of each of those, which check it violates
 */
public record InputCheck(
        DriftWindow window,
        int inputs,
        int leftOut,
        String reference,
        double level,
        double smallestPValue,
        List<MovedInput> moved,
        List<Map<String, Object>> checks) {
    /** Inputs that are compared at the most, in the order of their paths, those of the training data first. */
    public static final int MOST_INPUTS = 512;

    static final int MOST_MOVED = 20;
    static final String TEST = "KS and chi-square, Benjamini-Hochberg";
    private static final int LONGEST_NAME = 200;

    public InputCheck {
        moved = List.copyOf(moved);
        checks = List.copyOf(checks);
    }

    /** @param level over all tests together: half of it for moved inputs, half for changed types */
    static InputCheck run(
            Reference reference, Profile current, DriftWindow window, double level, double minimumEffect) {
        Profile before = reference.profile();
        Set<String> paths = new TreeSet<>(before.inputs().keySet());
        Set<String> all = new HashSet<>(paths);
        all.addAll(current.inputs().keySet());
        Set<String> watched = firstOf(paths, current.inputs().keySet());
        TableDrift.Report report =
                TableDrift.compare(only(watched, before), only(watched, current), level / 2, minimumEffect);
        List<MovedInput> moved = Stream.concat(
                        DataQuality.changedTypes(before, current, watched, level / 2, minimumEffect).stream(),
                        report.inputs().stream()
                                .filter(InputDrift::drifted)
                                .map(drift -> moved(drift, before, current)))
                .sorted(Comparator.comparingDouble(MovedInput::effect)
                        .reversed()
                        .thenComparing(MovedInput::input)
                        .thenComparing(MovedInput::test))
                .limit(MOST_MOVED)
                .toList();
        return new InputCheck(
                window,
                watched.size(),
                all.size() - watched.size(),
                reference.words(),
                level,
                report.inputs().stream()
                        .mapToDouble(InputDrift::adjustedPValue)
                        .min()
                        .orElse(1),
                moved,
                DataQuality.checks(moved, before, current));
    }

    /** With what the model's decisions owe to each of the inputs, those that changed most of them first. */
    InputCheck ranked(Map<String, DecisionEffect> effects) {
        record Finding(MovedInput moved, Map<String, Object> check) {}
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < moved.size(); i++) {
            MovedInput one = moved.get(i);
            DecisionEffect effect = effects.get(one.input());
            findings.add(new Finding(
                    effect == null ? one : one.withEffectOnDecisions(effect.decisions(), effect.score(), words(effect)),
                    checks.get(i)));
        }
        findings.sort(Comparator.comparingDouble((Finding one) -> orNone(one.moved.decisionsChanged()))
                .thenComparingDouble(one -> orNone(one.moved.scoreChange()))
                .reversed());
        return new InputCheck(
                window,
                inputs,
                leftOut,
                reference,
                level,
                smallestPValue,
                findings.stream().map(Finding::moved).toList(),
                findings.stream().map(Finding::check).toList());
    }

    private static double orNone(Double value) {
        return value == null ? -1 : value;
    }

    private static String words(DecisionEffect effect) {
        return "changes " + Words.percent(effect.decisions()) + " of the decisions, scores by "
                + Words.number(effect.score());
    }

    /** The finding of the largest effect by itself; there must be one. */
    MovedInput largest() {
        return moved.stream()
                .max(Comparator.comparingDouble(MovedInput::effect))
                .orElseThrow();
    }

    /** The part that says that the data are broken, or the part that says that inputs moved. */
    InputCheck part(boolean broken) {
        List<MovedInput> some = new ArrayList<>();
        List<Map<String, Object>> theirs = new ArrayList<>();
        for (int i = 0; i < moved.size(); i++) {
            if (broken != DataQuality.MOVED.equals(checks.get(i).get("check"))) {
                some.add(moved.get(i));
                theirs.add(checks.get(i));
            }
        }
        return new InputCheck(window, inputs, leftOut, reference, level, smallestPValue, some, theirs);
    }

    public boolean drifted() {
        return !moved.isEmpty();
    }

    /** What was seen, in a sentence. */
    public String sentence() {
        String compared =
                " of " + inputs + " inputs moved in the last " + window.rows() + " decisions against " + reference;
        if (!drifted()) {
            return "none" + compared;
        }
        List<String> first =
                moved.stream().limit(3).map(MovedInput::description).toList();
        String count = moved.size() == MOST_MOVED ? "at least " + MOST_MOVED : Integer.toString(distinctInputs());
        return count + compared + ": " + String.join("; ", first);
    }

    private int distinctInputs() {
        return (int) moved.stream().map(MovedInput::input).distinct().count();
    }

    /** One input of a profile; what was absent is missing from every row. */
    static InputProfile of(Profile profile, String path) {
        InputProfile input = profile.inputs().get(path);
        return input != null
                ? input
                : new InputProfile(
                        profile.rows(), profile.rows(), 0, 0, 0, InputProfile.EMPTY.quantiles(), Map.of(), 0);
    }

    private static Set<String> firstOf(Set<String> known, Set<String> others) {
        Set<String> watched = new TreeSet<>();
        known.stream().limit(MOST_INPUTS).forEach(watched::add);
        others.stream()
                .filter(path -> !known.contains(path))
                .sorted()
                .limit(MOST_INPUTS - watched.size())
                .forEach(watched::add);
        return watched;
    }

    private static Profile only(Set<String> paths, Profile profile) {
        Map<String, InputProfile> inputs = new TreeMap<>(profile.inputs());
        inputs.keySet().retainAll(paths);
        return new Profile(profile.rows(), inputs, profile.predictions(), profile.rewards(), profile.actions());
    }

    static MovedInput moved(InputDrift drift, Profile reference, Profile current) {
        InputProfile before = reference.inputs().getOrDefault(drift.input(), InputProfile.EMPTY);
        InputProfile after = current.inputs().getOrDefault(drift.input(), InputProfile.EMPTY);
        String name = name(drift.input());
        return new MovedInput(
                name,
                drift.test().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                drift.statistic(),
                drift.pValue(),
                drift.effect(),
                name + ": " + words(drift, before, after));
    }

    /** A path as events hold it. */
    static String name(String path) {
        return path.length() <= LONGEST_NAME ? path : path.substring(0, LONGEST_NAME);
    }

    private static String words(InputDrift drift, InputProfile before, InputProfile after) {
        return switch (drift.test()) {
            case KOLMOGOROV_SMIRNOV ->
                "median " + median(before) + " -> " + median(after) + ", KS " + Words.number(drift.effect());
            case CHI_SQUARE -> mostMovedWord(before, after) + ", total variation " + Words.number(drift.effect());
            case MISSING -> "missing in " + missing(before) + " -> " + missing(after) + " of decisions";
        };
    }

    private static String median(InputProfile input) {
        Quantiles quantiles = input.quantiles();
        return Words.number(quantiles.get(quantiles.size() / 2));
    }

    private static String missing(InputProfile input) {
        // An input that the training data did not have at all was missing from every row.
        return Words.percent(input.rows() == 0 ? 1 : (double) input.missing() / input.rows());
    }

    private static String mostMovedWord(InputProfile before, InputProfile after) {
        Set<String> words = new TreeSet<>(before.categories().keySet());
        words.addAll(after.categories().keySet());
        String word = words.stream()
                .max(Comparator.comparingDouble(one -> Math.abs(share(one, after) - share(one, before))))
                .orElse("other words");
        String shown = word.length() <= 40 ? word : word.substring(0, 37) + "...";
        return "'" + shown + "' " + Words.percent(share(word, before)) + " -> " + Words.percent(share(word, after));
    }

    private static double share(String word, InputProfile input) {
        return (double) input.categories().getOrDefault(word, 0L) / Math.max(1, input.words());
    }
}
