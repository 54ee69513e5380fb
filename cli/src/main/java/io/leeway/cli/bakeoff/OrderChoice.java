package io.leeway.cli.bakeoff;

import io.leeway.simulator.dataset.DatasetException;
import io.leeway.simulator.dataset.OrderFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * In which orders the rows of a file are streamed: by order files, by those that lie beside it ({@code NAME.orderK.txt.gz}), by
 * seeded shuffles, or as they are.
 *
 * @param files order files
 * @param numbers the K of files beside the data that are taken, where there are such
 * @param shuffles how many
 */
record OrderChoice(List<Path> files, List<Integer> numbers, int shuffles, long seed) {
    OrderChoice {
        files = List.copyOf(files);
        numbers = List.copyOf(numbers);
    }

    /** Row numbers by the order's name. */
    Map<String, int[]> orders(Path data, int rows) {
        Map<String, int[]> orders = new LinkedHashMap<>();
        for (Path file : files) {
            orders.put(file.getFileName().toString(), OrderFile.read(file, rows));
        }
        for (int number : numbers) {
            Path file = beside(data, number);
            if (file != null) {
                orders.put("order" + number, OrderFile.read(file, rows));
            }
        }
        for (int i = 1; i <= shuffles; i++) {
            orders.put("shuffle" + i, shuffled(rows, new SplittableRandom(seed * 1_000_003 + i)));
        }
        if (orders.isEmpty() && !numbers.isEmpty()) {
            throw new DatasetException("must have order files beside it, such as " + stem(data) + ".order"
                    + numbers.get(0) + ".txt.gz: " + data);
        }
        if (orders.isEmpty()) {
            orders.put("file order", identity(rows));
        }
        return orders;
    }

    /** The file of an order; null without. */
    static Path beside(Path data, int number) {
        for (String ending : List.of(".txt.gz", ".txt")) {
            Path file = data.resolveSibling(stem(data) + ".order" + number + ending);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    private static String stem(Path data) {
        return data.getFileName().toString().replaceAll("(?i)\\.gz$", "").replaceAll("(?i)\\.(csv|arff|tsv)$", "");
    }

    private static int[] identity(int rows) {
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        return order;
    }

    private static int[] shuffled(int rows, SplittableRandom random) {
        int[] order = identity(rows);
        for (int i = rows - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
