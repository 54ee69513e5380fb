package io.leeway.simulator.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A context as the numbers that a linear policy sees: numbers as they are, everything else as one column for each value
 * seen while learning. Not thread safe while learning.
 */
final class LinearView {

    private final Map<String, Integer> columns = new HashMap<>();
    private boolean learning = true;

    /** Learns the columns of these contexts. */
    static LinearView of(Iterable<Map<String, Object>> contexts) {
        LinearView view = new LinearView();
        for (Map<String, Object> context : contexts) {
            view.walk("", context, null);
        }
        view.learning = false;
        return view;
    }

    /** Number of columns, the constant included. */
    int width() {
        return columns.size() + 1;
    }

    /** One row: the columns, then the constant 1. */
    double[] row(Map<String, Object> context) {
        double[] row = new double[width()];
        walk("", context, row);
        row[row.length - 1] = 1;
        return row;
    }

    private void walk(String path, Object value, double[] row) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                if (!key.toString().startsWith("_")) {
                    walk(path + "." + key, inner, row);
                }
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(list.get(i) instanceof Number ? path + "." + i : path, list.get(i), row);
            }
        } else if (value instanceof Number number) {
            put(path, number.doubleValue(), row);
        } else if (value != null) {
            put(path + "=" + value, 1, row);
        }
    }

    private void put(String column, double value, double[] row) {
        if (learning) {
            columns.putIfAbsent(column, columns.size());
        }
        Integer place = columns.get(column);
        if (row != null && place != null) {
            row[place] = value;
        }
    }
}
