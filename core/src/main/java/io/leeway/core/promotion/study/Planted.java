package io.leeway.core.promotion.study;

import io.leeway.core.bandit.Policy;
import io.leeway.core.promotion.JudgedRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A candidate with the rows that it was trained on and those that were held out, in the order of time.
 *
 * @param rows all of them, the held-out ones last
 */
record Planted(Kind kind, Trained model, List<JudgedRow> rows, List<JudgedRow> held) {
    private static final double HELD_SHARE = 0.2;
    private static final int NOISES = 24;
    private static final int FEW = 120;

    /** @param elsewhere a world in which a stale candidate learned */
    static Planted draw(Kind kind, World world, World elsewhere, Policy champion, int size, Random random) {
        List<JudgedRow> rows = world.log(champion, size, random);
        if (kind == Kind.LEAKED) {
            rows = rows.stream()
                    .map(row -> with(row, Map.of(World.LEAK, row.reward() + 0.1 * random.nextGaussian())))
                    .toList();
        } else if (kind == Kind.OVERFITTED) {
            rows = rows.stream().map(row -> with(row, noise(random))).toList();
        }
        int first = (int) (size * (1 - HELD_SHARE));
        List<JudgedRow> train = rows.subList(0, first);
        List<JudgedRow> held = rows.subList(first, size);
        Trained model =
                switch (kind) {
                    case SHUFFLED -> Trained.on(shuffled(train, random), 1);
                    case OVERFITTED -> Trained.on(train.subList(0, FEW), 1e-3);
                    case STALE -> Trained.on(elsewhere.log(Policy.uniform(), first, random), 1);
                    case BROKEN -> Trained.on(train, 1).withSwappedColumns();
                    default -> Trained.on(train, 1);
                };
        return new Planted(kind, model, rows, held);
    }

    private static Map<String, Object> noise(Random random) {
        Map<String, Object> noise = new LinkedHashMap<>();
        for (int i = 0; i < NOISES; i++) {
            noise.put("noise" + i, random.nextGaussian());
        }
        return noise;
    }

    /** What live requests of this candidate's loop carry: a leak is not among it, noise is. */
    Map<String, Object> request(Random random) {
        Map<String, Object> context = World.context(random);
        if (kind == Kind.OVERFITTED) {
            context.putAll(noise(random));
        }
        return context;
    }

    private static JudgedRow with(JudgedRow row, Map<String, Object> more) {
        Map<String, Object> context = new LinkedHashMap<>(row.context());
        context.putAll(more);
        return new JudgedRow(
                row.time(), context, row.actions(), row.probabilities(), row.chosen(), row.probability(), row.reward());
    }

    private static List<JudgedRow> shuffled(List<JudgedRow> rows, Random random) {
        List<Double> rewards =
                new ArrayList<>(rows.stream().map(JudgedRow::reward).toList());
        Collections.shuffle(rewards, random);
        List<JudgedRow> shuffled = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            JudgedRow row = rows.get(i);
            shuffled.add(new JudgedRow(
                    row.time(),
                    row.context(),
                    row.actions(),
                    row.probabilities(),
                    row.chosen(),
                    row.probability(),
                    rewards.get(i)));
        }
        return shuffled;
    }
}
