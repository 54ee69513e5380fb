package io.leeway.core.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The plain twin of {@link FeatureEncoder}: collects the leaves of a row by path and asks each input for its columns. */
final class PlainEncoder {
    private record Leaf(String path, Object value) {}

    private PlainEncoder() {}

    static List<Double> encode(List<Input> inputs, Map<String, ?> row, String actionIdOrNull) {
        List<Leaf> leaves = new ArrayList<>();
        if (actionIdOrNull != null) {
            leaves.add(new Leaf(FeatureSpec.ACTION_ID, actionIdOrNull));
        }
        Leaves.walk(row, new LeafVisitor() {
            @Override
            public void number(String path, double value) {
                leaves.add(new Leaf(path, value));
            }

            @Override
            public void text(String path, String value) {
                leaves.add(new Leaf(path, value));
            }

            @Override
            public void flag(String path, boolean value) {
                leaves.add(new Leaf(path, value));
            }

            @Override
            public void missing(String path) {}
        });
        List<Double> columns = new ArrayList<>();
        for (Input input : inputs) {
            columns.addAll(columns(input, inputs, leaves));
        }
        return columns;
    }

    private static List<Double> columns(Input input, List<Input> inputs, List<Leaf> leaves) {
        List<Double> own = new ArrayList<>();
        for (int i = 0; i < input.width(); i++) {
            own.add(0.0);
        }
        boolean found = false;
        for (Leaf leaf : leaves) {
            if (leaf.path.equals(input.path())) {
                found |= set(input, inputs, leaf.value, own);
            }
        }
        if (input.missingIndicator() && !found) {
            own.set(own.size() - 1, 1.0);
        }
        return own;
    }

    private static boolean set(Input input, List<Input> inputs, Object value, List<Double> own) {
        switch (input.kind()) {
            case NUMBER -> {
                if (value instanceof Double number) {
                    double bounded = Math.max(-1e150, Math.min(1e150, number));
                    double scaled = (bounded - input.mean()) / input.standardDeviation();
                    own.set(0, Math.max(-8, Math.min(8, scaled)));
                    return true;
                }
            }
            case FLAG -> {
                if (value instanceof Boolean flag) {
                    own.set(0, flag ? 1.0 : 0.0);
                    return true;
                }
            }
            case CATEGORY -> {
                String word = word(input, inputs, value);
                if (word != null) {
                    int at = input.vocabulary().indexOf(word);
                    own.set(at >= 0 ? at : input.vocabulary().size(), 1.0);
                    return true;
                }
            }
        }
        return false;
    }

    private static String word(Input input, List<Input> inputs, Object value) {
        if (value instanceof String text) {
            return text;
        }
        Input.Kind own = value instanceof Boolean ? Input.Kind.FLAG : Input.Kind.NUMBER;
        boolean read = inputs.stream().anyMatch(i -> i.kind() == own && i.path().equals(input.path()));
        if (read) {
            return null;
        }
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return value.toString();
    }
}
