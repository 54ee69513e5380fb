package io.leeway.simulator.dataset;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What each action earns in each row of a data set. Immutable. */
public sealed interface Outcomes permits Outcomes.Labels, Outcomes.Rewards {
    /** The ids of all actions. */
    List<String> actions();

    /** Indices of the actions that can be chosen in this row. */
    int[] eligible(int row);

    /** @param action index among all actions */
    double reward(int row, int action);

    /** Whether a column belongs to the outcomes, and so not to the context. */
    boolean uses(Column column);

    /** Classification: see {@link Labels}. */
    static Outcomes label(Dataset dataset, String column) {
        return new Labels(dataset, column);
    }

    /** A reward for each action: see {@link Rewards}. */
    static Outcomes rewards(Dataset dataset, String prefix) {
        return new Rewards(dataset, prefix);
    }

    /**
     * Naming the row's label earns 1, anything else 0. The actions are the labels that occur, in the order of their numbers, or
     * of the alphabet where they are no numbers.
     */
    final class Labels implements Outcomes {
        /** More labels than this must at least occur twice on average, or it is a number that should be predicted. */
        private static final int MANY = 100;

        private final Column.Words column;
        private final List<String> actions;
        private final int[] actionOfCode;
        private final int[] all;

        Labels(Dataset dataset, String name) {
            if (!(dataset.column(name) instanceof Column.Words words)) {
                throw new IllegalArgumentException("must be read as words: column=" + name);
            }
            String where = ": file=" + dataset.source() + ", column=" + name;
            for (int row = 0; row < dataset.rows(); row++) {
                if (!words.present(row)) {
                    throw new DatasetException("must not be missing" + where + ", row=" + (row + 1));
                }
            }
            int labels = words.vocabulary().size();
            if (labels < 2) {
                throw new DatasetException("must have 2 labels or more" + where + ", labels=" + words.vocabulary());
            }
            if (labels > MANY && labels > dataset.rows() / 2) {
                throw new DatasetException("must be labels that come again, not nearly as many as rows" + where
                        + ", labels=" + labels + ", rows=" + dataset.rows());
            }
            this.column = words;
            this.actions = sorted(words.vocabulary());
            this.actionOfCode =
                    words.vocabulary().stream().mapToInt(actions::indexOf).toArray();
            this.all = range(actions.size());
        }

        private static List<String> sorted(List<String> labels) {
            boolean numbers = labels.stream().allMatch(label -> label.matches("[-+]?[0-9]{1,15}(\\.[0-9]*)?"));
            Comparator<String> natural = Comparator.naturalOrder();
            Comparator<String> order = numbers
                    ? Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(natural)
                    : natural;
            return labels.stream().sorted(order).toList();
        }

        @Override
        public List<String> actions() {
            return actions;
        }

        @Override
        public int[] eligible(int row) {
            return all;
        }

        @Override
        public double reward(int row, int action) {
            return actionOfCode[column.code(row)] == action ? 1 : 0;
        }

        @Override
        public boolean uses(Column other) {
            return other.name().equals(column.name());
        }
    }

    /**
     * A number of its own for each action, in the columns whose names begin with a prefix; what follows is the action's id. A
     * missing one means that the action is not eligible in that row.
     */
    final class Rewards implements Outcomes {
        private final String prefix;
        private final List<Column.Numbers> columns;
        private final List<String> actions;
        private final int[] all;

        Rewards(Dataset dataset, String prefix) {
            this.prefix = prefix;
            this.columns = dataset.columns().stream()
                    .filter(this::uses)
                    .map(column -> numbers(dataset, column))
                    .toList();
            if (columns.size() < 2) {
                throw new UnknownColumnException("must be the beginning of the names of 2 columns or more: file="
                        + dataset.source() + ", prefix=" + prefix + ", columns=" + columns.size());
            }
            this.actions = columns.stream()
                    .map(column -> column.name().substring(prefix.length()).replaceFirst("^[.:_-]", ""))
                    .toList();
            this.all = range(actions.size());
            for (int row = 0; row < dataset.rows(); row++) {
                if (eligible(row).length == 0) {
                    throw new DatasetException("must have a reward for an action: file=" + dataset.source()
                            + ", columns=" + prefix + "..., row=" + (row + 1));
                }
            }
        }

        private static Column.Numbers numbers(Dataset dataset, Column column) {
            if (column instanceof Column.Numbers numbers) {
                return numbers;
            }
            int row = 0;
            while (!column.present(row) || DatasetFile.isNumber((String) column.value(row))) {
                row++;
            }
            throw new DatasetException("must be a number: file=" + dataset.source() + ", column=" + column.name()
                    + ", row=" + (row + 1) + ", value=" + column.value(row));
        }

        @Override
        public List<String> actions() {
            return actions;
        }

        @Override
        public int[] eligible(int row) {
            for (Column column : columns) {
                if (!column.present(row)) {
                    return Arrays.stream(all)
                            .filter(action -> columns.get(action).present(row))
                            .toArray();
                }
            }
            return all;
        }

        @Override
        public double reward(int row, int action) {
            return columns.get(action).number(row);
        }

        @Override
        public boolean uses(Column other) {
            return other.name().length() > prefix.length() && other.name().startsWith(prefix);
        }
    }

    private static int[] range(int size) {
        int[] range = new int[size];
        Arrays.setAll(range, i -> i);
        return range;
    }
}
