package io.leeway.simulator.dataset;

import io.leeway.core.evaluation.ProgressiveMean;
import java.util.Arrays;
import java.util.List;

/** A named column of a data set: numbers or words, where any cell may be missing. Immutable. */
public sealed interface Column {
    String name();

    /** Whether the cell of this row (from 0) holds a value. */
    boolean present(int row);

    /** The cell as a Double or a String; null where it is missing. */
    Object value(int row);

    /** These rows, in this order; a row may come more than once. */
    Column select(int[] rows);

    /** Numbers, all finite. */
    final class Numbers implements Column {
        private final String name;
        private final double[] values;

        /** @param values NaN where missing */
        Numbers(String name, double[] values) {
            this.name = name;
            this.values = values;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean present(int row) {
            return !Double.isNaN(values[row]);
        }

        @Override
        public Object value(int row) {
            return present(row) ? (Object) values[row] : null;
        }

        @Override
        public Numbers select(int[] rows) {
            return new Numbers(
                    name, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
        }

        /** The number; NaN where it is missing. */
        public double number(int row) {
            return values[row];
        }

        /** Whether every value is 0 or 1, as in the columns that words are turned into. */
        public boolean isIndicator() {
            return Arrays.stream(values).allMatch(value -> value == 0 || value == 1 || Double.isNaN(value));
        }

        /** Mean 0 and variance 1 over the whole column; a constant column becomes 0. */
        public Numbers standardised() {
            double mean = Arrays.stream(values)
                    .filter(value -> !Double.isNaN(value))
                    .average()
                    .orElse(0);
            double variance = Arrays.stream(values)
                    .filter(value -> !Double.isNaN(value))
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(0);
            double scale = variance > 0 ? 1 / Math.sqrt(variance) : 1;
            return new Numbers(
                    name,
                    Arrays.stream(values).map(value -> (value - mean) * scale).toArray());
        }

        /** Each value by mean and variance of the values up to and with it, as one who reads the column row by row can. */
        public Numbers standardisedAsTheyCome() {
            ProgressiveMean seen = new ProgressiveMean();
            double[] standardised = new double[values.length];
            for (int row = 0; row < values.length; row++) {
                double value = values[row];
                if (Double.isNaN(value)) {
                    standardised[row] = value;
                    continue;
                }
                seen.add(value);
                double scale = seen.standardDeviation();
                standardised[row] = scale > 0 ? (value - seen.mean()) / scale : 0;
            }
            return new Numbers(name, standardised);
        }
    }

    /** Words: each cell is one of a vocabulary. */
    final class Words implements Column {
        static final int MISSING = -1;

        private final String name;
        private final int[] codes;
        private final List<String> vocabulary;

        Words(String name, int[] codes, List<String> vocabulary) {
            this.name = name;
            this.codes = codes;
            this.vocabulary = List.copyOf(vocabulary);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean present(int row) {
            return codes[row] != MISSING;
        }

        @Override
        public Object value(int row) {
            return present(row) ? vocabulary.get(codes[row]) : null;
        }

        @Override
        public Words select(int[] rows) {
            return new Words(name, Arrays.stream(rows).map(row -> codes[row]).toArray(), vocabulary);
        }

        /** Index into the vocabulary; -1 where it is missing. */
        public int code(int row) {
            return codes[row];
        }

        /** Every word that occurs, in the order of first occurrence. */
        public List<String> vocabulary() {
            return vocabulary;
        }
    }
}
