package io.leeway.prediction.fast;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plain requests of every shape. */
final class RandomRequests {
    private static final String[] WORDS = {"NO", "SE", "x", "y", "drame", "Ærø", "43", "true", ""};

    private RandomRequests() {}

    static String body(SplittableRandom random, String eventId) {
        StringBuilder body = new StringBuilder("{\"eventId\": \"" + eventId + "\"");
        if (random.nextInt(10) > 0) {
            body.append(", \"context\":").append(object(random, 0));
        }
        int actions = random.nextInt(6) == 0 ? 0 : random.nextInt(1, 40);
        if (actions > 0) {
            body.append(IntStream.range(0, actions)
                    .mapToObj(i -> action(random, i))
                    .collect(Collectors.joining(",", " ,\"actions\":[", "]")));
        }
        if (actions > 2 && random.nextBoolean()) {
            body.append(",\"excluded\":[\"action-1\", \"action-0\"]");
        }
        if (random.nextInt(4) == 0) {
            body.append(",\"deferred\":").append(random.nextBoolean());
        }
        return body.append("}\n").toString();
    }

    private static String action(SplittableRandom random, int i) {
        String id = "\"id\":\"action-" + i + "\"";
        return switch (random.nextInt(3)) {
            case 0 -> "{" + id + "}";
            case 1 -> "{" + id + ", \"features\":" + object(random, 1) + "}";
            default -> "{\"features\":" + object(random, 1) + "," + id + "}";
        };
    }

    private static String object(SplittableRandom random, int depth) {
        String[] keys = {"age", "country", "hour", "tags", "user", "_note", "nowhere", "flag", "deep"};
        // Mostly as it comes from machines: without white space, and with the same keys in the same order.
        String colon = random.nextInt(4) == 0 ? "\" : " : "\":";
        boolean all = random.nextBoolean();
        int first = random.nextInt(5) == 0 ? random.nextInt(keys.length) : 0;
        return IntStream.range(0, keys.length)
                .filter(i -> all || random.nextBoolean())
                .mapToObj(i -> "\"" + keys[(first + i) % keys.length] + colon + value(random, depth))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 2 ? 8 : 11)) {
            case 0 -> Integer.toString(random.nextInt(-50, 50));
            case 1 -> Long.toString(random.nextLong(-999_999_999_999_999_999L, 999_999_999_999_999_999L));
            case 2 -> Double.toString(random.nextDouble(-100, 100));
            case 3 ->
                Double.toString(
                        Double.longBitsToDouble(random.nextLong() & 0x800f_ffff_ffff_ffffL | 0x3ff0_0000_0000_0000L));
            case 4 -> random.nextInt(9) + "." + random.nextInt(99) + "E" + random.nextInt(-30, 30);
            case 5 -> "\"" + WORDS[random.nextInt(WORDS.length)] + "\"";
            case 6 -> Boolean.toString(random.nextBoolean());
            case 7 -> random.nextBoolean() ? "null" : "-0.0";
            case 8 -> object(random, depth + 1);
            default ->
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> value(random, depth + 1))
                        .collect(Collectors.joining(" , ", "[ ", "]"));
        };
    }
}
