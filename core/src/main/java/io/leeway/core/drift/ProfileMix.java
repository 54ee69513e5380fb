package io.leeway.core.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Profiles merged in given shares, whatever their sizes: what a sample would look like of which each share is like one of them. It
 * counts for as many rows as the variance of such an estimate is worth. Thread-safe: no state.
 *
 * @see "Cochran, Sampling Techniques, 3rd edition, Wiley 1977, section 5.3 (stratified sampling)"
 */
final class ProfileMix {
    /** Quantiles of the mix, at most. */
    private static final int QUANTILES = 1024;

    /** A profile and what it is to make up of the whole. */
    record Part(Profile profile, double share) {}

    private record InputPart(InputProfile input, double share) {}

    private ProfileMix() {}

    /** @param parts shares greater than 0; they need not sum to 1 */
    static Profile of(List<Part> parts) {
        TreeSet<String> paths = new TreeSet<>();
        parts.forEach(part -> paths.addAll(part.profile.inputs().keySet()));
        Map<String, InputProfile> inputs = new TreeMap<>();
        for (String path : paths) {
            inputs.put(path, mix(parts, profile -> {
                InputProfile input = profile.inputs().get(path);
                return input == null ? absent(profile.rows()) : input;
            }));
        }
        List<InputPart> rows = inputs(parts, profile -> absent(profile.rows()));
        return new Profile(
                size(rows, InputProfile::rows),
                inputs,
                mix(parts, Profile::predictions),
                mix(parts, Profile::rewards),
                mix(parts, Profile::actions));
    }

    private static InputProfile absent(long rows) {
        return new InputProfile(rows, rows, 0, 0, 0, Quantiles.of(new double[0]), Map.of(), 0);
    }

    private static List<InputPart> inputs(List<Part> parts, Function<Profile, InputProfile> input) {
        return parts.stream()
                .map(part -> new InputPart(input.apply(part.profile), part.share))
                .toList();
    }

    private static InputProfile mix(List<Part> parts, Function<Profile, InputProfile> input) {
        List<InputPart> all = inputs(parts, input);
        long rows = size(all, InputProfile::rows);
        double missing = mean(all, InputProfile::rows, one -> (double) one.missing() / one.rows());
        long numbers = size(all, ProfileMix::independent);
        double mean = mean(all, InputProfile::numbers, InputProfile::mean);
        double squares = mean(
                all,
                InputProfile::numbers,
                one -> Math.pow(one.standardDeviation(), 2) + Math.pow(one.mean() - mean, 2));
        Map<String, Long> categories = new TreeMap<>();
        long words = size(all, InputProfile::words);
        long other = 0;
        if (words > 0) {
            TreeSet<String> known = new TreeSet<>();
            all.forEach(part -> known.addAll(part.input.categories().keySet()));
            long kept = 0;
            for (String word : known) {
                long count = Math.round(words
                        * mean(
                                all,
                                InputProfile::words,
                                one -> (double) one.categories().getOrDefault(word, 0L) / one.words()));
                categories.put(word, Math.max(1, count));
                kept += Math.max(1, count);
            }
            other = Math.max(0, words - kept);
        }
        return new InputProfile(
                rows,
                Math.min(rows, Math.round(missing * rows)),
                numbers,
                mean,
                Math.sqrt(squares),
                quantiles(all, numbers),
                categories,
                other);
    }

    /** Numbers whose quantiles were thinned come from a sample that holds no more than this for certain. */
    private static double independent(InputProfile input) {
        return input.quantiles().size() == input.numbers()
                ? input.numbers()
                : Math.min(input.numbers(), PhaseProfileLearner.SAMPLE_SIZE);
    }

    /** Rows of a simple sample whose mean is as certain as that of the mix. */
    private static long size(List<InputPart> parts, ToDoubleFunction<InputProfile> count) {
        double shares = shares(parts, count);
        double variance = 0;
        for (InputPart part : parts) {
            double n = count.applyAsDouble(part.input);
            variance += n > 0 ? Math.pow(part.share / shares, 2) / n : 0;
        }
        return variance > 0 ? (long) Math.floor(1 / variance + 1e-9) : 0;
    }

    private static double mean(
            List<InputPart> parts, ToDoubleFunction<InputProfile> count, ToDoubleFunction<InputProfile> value) {
        double shares = shares(parts, count);
        double sum = 0;
        for (InputPart part : parts) {
            if (count.applyAsDouble(part.input) > 0) {
                sum += part.share / shares * value.applyAsDouble(part.input);
            }
        }
        return sum;
    }

    private static double shares(List<InputPart> parts, ToDoubleFunction<InputProfile> count) {
        return parts.stream()
                .filter(part -> count.applyAsDouble(part.input) > 0)
                .mapToDouble(InputPart::share)
                .sum();
    }

    /** Of each part as many as its share, evenly spaced in rank. */
    private static Quantiles quantiles(List<InputPart> parts, long numbers) {
        double shares = shares(parts, InputProfile::numbers);
        double most = Math.min(QUANTILES, numbers);
        List<Double> values = new ArrayList<>();
        double due = 0;
        for (InputPart part : parts) {
            Quantiles own = part.input.quantiles();
            if (part.input.numbers() > 0 && own.size() > 0) {
                due += most * part.share / shares;
                int take = (int) Math.min(numbers - values.size(), Math.round(due) - values.size());
                for (int i = 0; i < take; i++) {
                    values.add(own.get((int) ((2L * i + 1) * own.size() / (2L * take))));
                }
            }
        }
        return Quantiles.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
