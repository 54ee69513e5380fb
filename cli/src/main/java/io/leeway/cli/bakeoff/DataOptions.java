package io.leeway.cli.bakeoff;

import io.leeway.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is streamed, in which order, and how it is turned into situations and rewards. */
final class DataOptions {
    private static final String FILES = ".*\\.((csv|tsv|arff|jsonl)(\\.gz)?|parquet)";

    @Option(
            names = "--data",
            paramLabel = "FILE|DIR",
            arity = "1..*",
            description = "Data files, or folders with such.")
    private List<Path> data = List.of();

    @Option(
            names = "--label",
            paramLabel = "COL",
            description = "Column of the right answers: naming it earns 1, anything else 0 (in a folder: label).")
    private String label;

    @Option(
            names = "--rewards",
            paramLabel = "PREFIX",
            description =
                    "Instead of a label: columns PREFIX + action hold what each action earns; a missing one is not eligible in that row.")
    private String rewards;

    @Option(
            names = "--actions",
            paramLabel = "FILE",
            description = "The actions' own features: a column id (or else the first), the others are features.")
    private Path actions;

    @Option(
            names = "--order",
            paramLabel = "FILE",
            description = "Row numbers, from 0, in the order of the stream; may be given more than once.")
    private List<Path> order = List.of();

    @Option(
            names = "--orders",
            paramLabel = "K",
            description = "Takes the order files NAME.orderK.txt.gz beside the data, for example 1-5 or 1,3.")
    private String orders;

    @Option(
            names = "--shuffle",
            paramLabel = "N",
            defaultValue = "0",
            description = "Streams each file in N random orders (from the seed).")
    private int shuffle;

    @Option(
            names = "--standardise",
            paramLabel = "HOW",
            defaultValue = "none",
            description =
                    "What is done to numbers (but not to columns of only 0 and 1) before any policy sees them: none (default), running, or whole-file, which looks ahead as no live service can.")
    private String standardise;

    @Option(
            names = "--change-at",
            paramLabel = "SHARE",
            split = ",",
            description =
                    "The actions trade places after this share of the stream, for example 0.5; several may be given.")
    private List<Double> changeAt = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N steps of each stream.")
    private Integer limit;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    List<Path> data() {
        return data;
    }

    boolean standardisesWholeFile() {
        return scaling() == Scaling.WHOLE_FILE;
    }

    /** Reads what is asked for. */
    List<FileSet> sets(long seed) throws IOException {
        check();
        FileSet.Reading reading = new FileSet.Reading(
                rewards == null ? labelOr("label") : null,
                rewards,
                actions,
                scaling(),
                changeAt.stream().sorted().toList(),
                limit == null ? Integer.MAX_VALUE : limit,
                seed);
        OrderChoice choice = new OrderChoice(order, numbers(), shuffle, seed);
        List<FileSet> sets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path file : files(choice)) {
            FileSet set = FileSet.read(file, reading, choice);
            if (!names.add(set.name())) {
                throw wrong("must have different names: --data=" + file);
            }
            sets.add(set);
        }
        return sets;
    }

    private String labelOr(String otherwise) {
        return label == null ? otherwise : label;
    }

    private void check() {
        if (data.isEmpty()) {
            throw wrong("must be given: --data FILE|DIR");
        }
        if (label != null && rewards != null) {
            throw wrong("must not be given both: --label, --rewards");
        }
        boolean folder = data.stream().anyMatch(Files::isDirectory);
        if (label == null && rewards == null && !folder) {
            throw wrong("one of them must be given: --label COL, --rewards PREFIX");
        }
        for (Path path : data) {
            if (!Files.exists(path)) {
                throw wrong("must be a file or a folder: --data=" + path);
            }
        }
        for (Path path : order) {
            if (!Files.isRegularFile(path)) {
                throw wrong("must be a file: --order=" + path);
            }
        }
        if (actions != null && !Files.isRegularFile(actions)) {
            throw wrong("must be a file: --actions=" + actions);
        }
        for (double share : changeAt) {
            if (!(share > 0 && share < 1)) {
                throw wrong("must be between 0 and 1: --change-at=" + share);
            }
        }
        if (limit != null && limit < 1) {
            throw wrong("must be >= 1: --limit=" + limit);
        }
        if (shuffle < 0) {
            throw wrong("must be >= 0: --shuffle=" + shuffle);
        }
        if (!order.isEmpty() && (folder || data.size() > 1)) {
            throw wrong("must be given for one data file only: --order; for several there is --orders");
        }
    }

    private Scaling scaling() {
        for (Scaling scaling : Scaling.values()) {
            if (scaling.toString().equals(standardise)) {
                return scaling;
            }
        }
        throw wrong("must be one of none, running, whole-file: --standardise=" + standardise);
    }

    /** The K of {@code 1-5} or {@code 1,3}. */
    private List<Integer> numbers() {
        if (orders == null) {
            return List.of();
        }
        List<Integer> numbers = new ArrayList<>();
        for (String part : orders.split(",", -1)) {
            if (!part.matches("\\d{1,6}(-\\d{1,6})?")) {
                throw wrong("must be numbers such as 1-5 or 1,3: --orders=" + orders);
            }
            String[] ends = part.split("-");
            int from = Integer.parseInt(ends[0]);
            int to = Integer.parseInt(ends[ends.length - 1]);
            if (to < from || to - from >= 1000) {
                throw wrong("must go up, by less than 1000: --orders=" + part);
            }
            IntStream.rangeClosed(from, to).forEach(numbers::add);
        }
        return numbers;
    }

    /** The data files; of a folder those that have an order that is asked for, or all. */
    private List<Path> files(OrderChoice choice) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : data) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            int before = files.size();
            try (Stream<Path> entries = Files.list(path)) {
                entries.filter(file -> file.getFileName().toString().matches(FILES))
                        .filter(file -> choice.numbers().isEmpty()
                                || choice.numbers().stream().anyMatch(k -> OrderChoice.beside(file, k) != null))
                        .sorted()
                        .forEach(files::add);
            }
            if (files.size() == before) {
                throw new CommandException("must hold data files"
                        + (orders == null ? "" : " with orders " + orders + " (NAME.orderK.txt.gz)") + ": " + path);
            }
        }
        return files;
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("data", data.stream().map(Path::toString).toList());
        settings.put("label", rewards == null ? labelOr("label") : null);
        settings.put("rewards", rewards);
        settings.put("actions", actions == null ? null : actions.toString());
        settings.put("standardise", standardise);
        settings.put("changeAt", changeAt);
        settings.put("limit", limit);
        return settings;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
