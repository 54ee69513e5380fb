package io.leeway.cli.evaluate;

import io.leeway.cli.CommandException;
import io.leeway.cli.TextFile;
import io.leeway.core.evaluation.LoggedRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads rows {@code reward,pscore,pi_e[,q_a,q_pi]} from CSV with a header; further columns are left alone. */
final class RowsFile {
    private static final List<String> REQUIRED = List.of("reward", "pscore", "pi_e");
    private static final List<String> MODEL = List.of("q_a", "q_pi");

    private RowsFile() {}

    static LoggedRows read(Path file) throws IOException {
        try (BufferedReader lines = TextFile.open(file)) {
            String header = lines.readLine();
            if (header == null) {
                throw new CommandException(file + ": must have a header, but is empty");
            }
            List<String> names = Arrays.stream(header.replace("\uFEFF", "").split(",", -1))
                    .map(name -> name.strip().replace("\"", "").toLowerCase(Locale.ROOT))
                    .toList();
            List<String> wanted = wanted(file, names);
            List<Column> columns = new ArrayList<>();
            wanted.forEach(name -> columns.add(new Column(name, names.indexOf(name))));
            fill(file, lines, names.size(), columns);
            return rows(file, columns);
        }
    }

    private static List<String> wanted(Path file, List<String> names) {
        List<String> missing =
                REQUIRED.stream().filter(name -> !names.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new CommandException(file + ": must have the columns reward,pscore,pi_e[,q_a,q_pi], lacks "
                    + String.join(", ", missing) + " (has " + String.join(", ", names) + ")");
        }
        List<String> wanted = new ArrayList<>(REQUIRED);
        if (names.containsAll(MODEL)) {
            wanted.addAll(MODEL);
        } else if (names.contains("q_a") || names.contains("q_pi")) {
            throw new CommandException(file + ": must have both of q_a and q_pi, or none");
        }
        return wanted;
    }

    private static void fill(Path file, BufferedReader lines, int width, List<Column> columns) throws IOException {
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] cells = line.split(",", -1);
            if (cells.length != width) {
                throw new CommandException(
                        file + ": must have " + width + " columns: line=" + number + " columns=" + cells.length);
            }
            for (Column column : columns) {
                column.add(file, number, cells[column.place].strip().replace("\"", ""));
            }
        }
    }

    private static LoggedRows rows(Path file, List<Column> columns) {
        try {
            return columns.size() == REQUIRED.size()
                    ? LoggedRows.of(
                            columns.get(0).done(),
                            columns.get(1).done(),
                            columns.get(2).done())
                    : LoggedRows.of(
                            columns.get(0).done(),
                            columns.get(1).done(),
                            columns.get(2).done(),
                            columns.get(3).done(),
                            columns.get(4).done());
        } catch (IllegalArgumentException wrong) {
            throw new CommandException(file + ": " + wrong.getMessage() + " (rows from 0)");
        }
    }

    private static final class Column {
        private final String name;
        private final int place;
        private double[] values = new double[1024];
        private int size;

        private Column(String name, int place) {
            this.name = name;
            this.place = place;
        }

        private void add(Path file, int line, String cell) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            try {
                values[size++] = Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                throw new CommandException(file + ": must be a number: line=" + line + " " + name + "=" + cell);
            }
        }

        private double[] done() {
            return Arrays.copyOf(values, size);
        }
    }
}
