package io.leeway.cli.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Tables made of some rows of another, some of them more than once. */
final class Rows {
    private Rows() {}

    static TableFile of(TableFile table, int[] rows) {
        List<TableColumn> columns = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            columns.add(of(column, rows));
        }
        return new TableFile(table.source(), rows.length, columns);
    }

    private static TableColumn of(TableColumn column, int[] rows) {
        if (column.isNumbers()) {
            double[] values = new double[rows.length];
            Arrays.setAll(values, i -> column.number(rows[i]));
            return TableColumn.ofNumbers(column.name(), values);
        }
        if (column.isWords()) {
            String[] values = new String[rows.length];
            Arrays.setAll(values, i -> column.word(rows[i]));
            return TableColumn.ofWords(column.name(), values);
        }
        long[] values = new long[rows.length];
        Arrays.setAll(values, i -> column.moment(rows[i]));
        return TableColumn.ofMoments(column.name(), values);
    }

    /** Two halves drawn at random, rows in their order: nothing has changed between them. */
    static List<TableFile> halves(TableFile table, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, table.rows()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        int half = order.length / 2;
        return List.of(
                of(table, Arrays.stream(order, 0, half).sorted().toArray()),
                of(table, Arrays.stream(order, half, order.length).sorted().toArray()));
    }

    /** A thirtieth of the rows, in the middle, once more after themselves, as when a day of a month was loaded twice. */
    static TableFile dayTwice(TableFile table) {
        int day = Math.max(1, table.rows() / 30);
        int end = table.rows() / 2 + day;
        return of(
                table,
                IntStream.concat(
                                IntStream.range(0, end),
                                IntStream.concat(IntStream.range(end - day, end), IntStream.range(end, table.rows())))
                        .toArray());
    }

    /** One of thirty rows, drawn at random, once more at the end, as when what was sent late was sent twice. */
    static TableFile lateTwice(TableFile table, SplittableRandom random) {
        return of(
                table,
                IntStream.concat(
                                IntStream.range(0, table.rows()),
                                IntStream.range(0, table.rows()).filter(row -> random.nextInt(30) == 0))
                        .toArray());
    }
}
