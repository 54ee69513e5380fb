package io.leeway.simulator.dataset;

import io.leeway.core.bakeoff.RewardedStream;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.Situation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Mushrooms drawn with putting back: passing earns 0, eating an edible one 5, eating a poisonous one 5 or, as often, -35.
 *
 * @see "Blundell, Cornebise, Kavukcuoglu and Wierstra, Weight uncertainty in neural networks, ICML 2015, section 5.3"
 */
final class MushroomStream implements RewardedStream {
    private static final List<String> ACTIONS = List.of("pass", "eat");
    private static final int EAT = 1;
    private static final double GOOD = 5;
    private static final double BAD = -35;

    private final List<Column> attributes;
    private final Column edibility;
    private final int[] rows;
    private final boolean[] harmful;
    private final HashedEncoder encoder = new HashedEncoder();

    /** @param mushrooms the first column says {@code e} for edible or {@code p} for poisonous */
    MushroomStream(Dataset mushrooms, int steps, RandomGenerator random) {
        this.edibility = mushrooms.columns().get(0);
        this.attributes = mushrooms.columns().subList(1, mushrooms.columns().size());
        this.rows = new int[steps];
        this.harmful = new boolean[steps];
        for (int step = 0; step < steps; step++) {
            rows[step] = random.nextInt(mushrooms.rows());
            harmful[step] = random.nextBoolean();
        }
    }

    @Override
    public int steps() {
        return rows.length;
    }

    @Override
    public int features() {
        return attributes.size();
    }

    @Override
    public List<String> actions() {
        return ACTIONS;
    }

    @Override
    public Situation situation(int step) {
        Map<String, Object> features = new LinkedHashMap<>();
        for (Column attribute : attributes) {
            // "?" is a value here: the stalk's root cannot be seen.
            features.put(attribute.name(), attribute.present(rows[step]) ? attribute.value(rows[step]) : "?");
        }
        return Situation.of(encoder.encode(features), ACTIONS);
    }

    @Override
    public double reward(int step, int action) {
        if (action != EAT) {
            return 0;
        }
        return edible(step) || !harmful[step] ? GOOD : BAD;
    }

    @Override
    public double expectedReward(int step, int action) {
        if (action != EAT) {
            return 0;
        }
        return edible(step) ? GOOD : (GOOD + BAD) / 2;
    }

    private boolean edible(int step) {
        return "e".equals(edibility.value(rows[step]));
    }
}
