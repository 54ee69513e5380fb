package io.leeway.drift;

import io.leeway.contracts.MovedInput;
import io.leeway.core.drift.DecisionEffect;
import io.leeway.core.drift.InputProfile;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.Quantiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ranks inputs that moved by what their change does to the model's decisions: each is carried back to the distribution of the reference
 * and the model asked again. Thread safe: no state.
 */
final class EffectOnDecisions {
    /** Inputs that are ranked, those of the largest effect by themselves. */
    private static final int MOST_INPUTS = 10;

    /** Scores that are asked for at the most, so that a check with many actions stays quick. */
    private static final int MOST_SCORES = 60_000;

    static final int MOST_ROWS = 256;
    private static final int FEWEST_ROWS = 32;

    /** Cells that stand for the reference's distribution of an input. */
    private static final int CELLS = 500;

    private EffectOnDecisions() {}

    /**
     * Effects by input; none where the model cannot score the rows.
     *
     * @param newest rows of cells by leaf path, at least one
     */
    static Map<String, DecisionEffect> of(
            List<MovedInput> moved,
            Reference reference,
            List<Map<String, Object>> newest,
            Function<Map<String, Object>, double[]> scores) {
        List<String> inputs = moved.stream()
                .map(MovedInput::input)
                .distinct()
                // Several texts in one cell: a profile does not know which came together.
                .filter(input -> newest.stream().noneMatch(row -> row.get(input) instanceof List))
                .limit(MOST_INPUTS)
                .toList();
        if (inputs.isEmpty()) {
            return Map.of();
        }
        try {
            return rank(inputs, reference, newest, scores);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Map.of(); // A model that cannot score these rows ranks nothing; what moved is told all the same.
        }
    }

    private static Map<String, DecisionEffect> rank(
            List<String> inputs,
            Reference reference,
            List<Map<String, Object>> newest,
            Function<Map<String, Object>, double[]> scores) {
        SplittableRandom random = new SplittableRandom(newest.size());
        int actions = scores.apply(newest.get(0)).length;
        int rows = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, MOST_SCORES / (actions * (inputs.size() + 1))));
        List<Map<String, Object>> some = newest.subList(Math.max(0, newest.size() - rows), newest.size());
        return DecisionEffect.rank(scores, cells(inputs, reference.profile(), random), some, inputs, random).stream()
                .filter(effect -> Double.isFinite(effect.score()))
                .collect(Collectors.toMap(DecisionEffect::input, effect -> effect));
    }

    /** Rows whose cells are distributed as in the profile, each input by itself. */
    private static List<Map<String, Object>> cells(List<String> inputs, Profile profile, SplittableRandom random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < CELLS; i++) {
            rows.add(new HashMap<>());
        }
        for (String input : inputs) {
            InputProfile before = InputCheck.of(profile, input);
            for (Map<String, Object> row : rows) {
                row.put(input, cell(before, random));
            }
        }
        return rows;
    }

    private static Object cell(InputProfile input, SplittableRandom random) {
        Quantiles numbers = input.quantiles();
        double all = input.missing() + input.numbers() + input.words();
        double draw = random.nextDouble() * all - input.missing();
        if (draw < 0 || all == 0) {
            return null;
        }
        if (draw < input.numbers() && numbers.size() > 0) {
            return numbers.at(random.nextDouble());
        }
        draw -= input.numbers();
        for (String word : input.categories().keySet().stream().sorted().toList()) {
            draw -= input.categories().get(word);
            if (draw < 0) {
                return word;
            }
        }
        return "(another word)";
    }
}
