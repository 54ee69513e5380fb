package io.leeway.core.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random plain JSON values. */
public final class RandomValues {
    private static final String[] KEYS = {"a", "b", "c", "dotted.key", "back\\slash", "_hidden", "", "0", "ü"};
    private static final String[] WORDS = {"red", "green", "blue", "43", "true", "", "a.b"};

    private RandomValues() {}

    public static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            object.put(KEYS[random.nextInt(KEYS.length)], value(random, depth));
        }
        return object;
    }

    public static Object value(Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0:
                return null;
            case 1:
                return random.nextBoolean();
            case 2:
                return (long) random.nextInt(100);
            case 3:
                return random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
            case 4, 5:
                return WORDS[random.nextInt(WORDS.length)];
            case 6:
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                return list;
            default:
                return object(random, depth - 1);
        }
    }

    public static double[] gaussians(Random random, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }
}
