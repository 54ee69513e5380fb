package io.leeway.cli.train;

import io.leeway.cli.CommandException;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.core.features.Action;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonException;
import io.leeway.core.json.JsonObject;
import io.leeway.core.logs.DecisionLines;
import io.leeway.core.logs.LogFormatException;
import io.leeway.core.logs.LoggedDecision;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Makes the file that the trainer reads, one row per line in the order of time, out of a file that people have: a table (Parquet, CSV,
 * ARFF) or a log (dsjson, JSON lines), plain or gzip, seen from its content.
 */
final class TrainingFile {
    private final LoopSettings settings;
    private final List<Line> lines = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private long read;
    private long faults;
    private String firstFault;

    private record Line(Instant time, String eventId, String text) {
        static final Comparator<Line> IN_ORDER =
                Comparator.comparing(Line::time).thenComparing(Line::eventId);
    }

    /**
     * What came of a file.
     *
     * @param rows to learn from
     * @param read rows or lines of the file
     * @param faults rows or lines that could not be read
     * @param fault why the first of those could not; null if all could
     */
    record Made(Path file, long rows, long read, long faults, String fault) {}

    private TrainingFile(LoopSettings settings) {
        this.settings = settings;
    }

    static Made make(Path from, LoopSettings settings, Path to) throws IOException {
        if (!Files.isReadable(from)) {
            throw new CommandException("must be a file that can be read: file=" + from);
        }
        TrainingFile file = new TrainingFile(settings);
        if (isLog(from)) {
            file.log(from);
        } else {
            file.table(from);
        }
        if (file.lines.isEmpty()) {
            throw new CommandException("must have rows to learn from: file=" + from + " read=" + file.read
                    + (file.firstFault == null ? "" : " (" + file.firstFault + ")"));
        }
        file.lines.sort(Line.IN_ORDER);
        try (BufferedWriter out = Files.newBufferedWriter(to)) {
            for (Line line : file.lines) {
                out.write(line.text());
                out.write('\n');
            }
        }
        return new Made(to, file.lines.size(), file.read, file.faults, file.firstFault);
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new BufferedInputStream(new GZIPInputStream(in)) : in;
    }

    private static boolean isLog(Path file) throws IOException {
        try (InputStream in = open(file)) {
            int first = in.read();
            while (first >= 0 && Character.isWhitespace(first)) {
                first = in.read();
            }
            return first == '{';
        }
    }

    private void table(Path from) throws IOException {
        Recipe recipe = Recipe.of(settings);
        TableRows.read(from, row -> {
            try {
                recipe.example(row, read++).ifPresent(examples::add);
            } catch (LogFormatException e) {
                fault("row " + read + ": " + e.getMessage());
            }
        });
        if (settings.kind() == LoopKind.REGRESSION) {
            examples.forEach(example -> add(regression(example)));
            return;
        }
        List<String> actions = actions();
        examples.forEach(example -> add(decision(example, actions)));
    }

    /** Those of the loop; else all that the log has seen. */
    private List<String> actions() {
        if (!settings.actions().isEmpty()) {
            return settings.actions().stream()
                    .map(io.leeway.contracts.Action::id)
                    .toList();
        }
        TreeSet<String> seen = new TreeSet<>();
        examples.forEach(example -> seen.add(example.action()));
        return List.copyOf(seen);
    }

    private static Map<String, Object> regression(Example example) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("eventId", example.eventId());
        json.put("time", example.time().toString());
        json.put("context", example.context());
        json.put("reward", example.reward());
        return json;
    }

    /** A table tells the probability of the action that was taken only; those of the others are then 0. */
    private static Map<String, Object> decision(Example example, List<String> actions) {
        int chosen = actions.indexOf(example.action());
        if (chosen < 0) {
            throw new CommandException("must be one of the loop's actions: action=" + example.action());
        }
        Map<String, Object> json = regression(example);
        json.put("actions", actions.stream().map(id -> Map.of("id", id)).toList());
        List<Double> probabilities = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            probabilities.add(i == chosen ? example.probability() : 0.0);
        }
        json.put("probabilities", probabilities);
        json.put("chosen", chosen);
        json.put("probability", example.probability());
        return json;
    }

    private void log(Path from) throws IOException {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(open(from), StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                read++;
                if (!line.isBlank()) {
                    line(line);
                }
            }
        }
    }

    private void line(String line) {
        try {
            if (settings.kind() == LoopKind.REGRESSION) {
                JsonObject row = Json.readObject(line);
                add(regression(new Example(
                        row.text("eventId"),
                        Instant.parse(row.text("time")),
                        row.map("context", JsonObject::value),
                        null,
                        1,
                        row.number("reward"))));
            } else {
                LoggedDecision decision = DecisionLines.readAny(line);
                if (decision.learnable()) {
                    add(decision(decision));
                }
            }
        } catch (LogFormatException | JsonException | java.time.DateTimeException e) {
            fault("line " + read + ": " + e.getMessage());
        }
    }

    private void fault(String why) {
        faults++;
        firstFault = firstFault == null ? why : firstFault;
    }

    private Map<String, Object> decision(LoggedDecision decision) {
        Instant time = decision.time().isEmpty() ? null : Moments.parse(decision.time());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("eventId", decision.eventId().isEmpty() ? String.format("line-%09d", read) : decision.eventId());
        json.put("time", (time == null ? Instant.EPOCH.plusMillis(read) : time).toString());
        json.put("context", decision.context());
        json.put("reward", decision.reward());
        json.put(
                "actions", decision.actions().stream().map(TrainingFile::action).toList());
        List<Double> probabilities = new ArrayList<>(decision.probabilities());
        for (int i = 0; probabilities.size() < decision.actions().size(); i++) {
            probabilities.add(i == decision.chosen() ? decision.probability() : 0.0);
        }
        json.put("probabilities", probabilities);
        json.put("chosen", decision.chosen());
        json.put("probability", decision.probability());
        return json;
    }

    private static Map<String, Object> action(Action action) {
        return action.features().isEmpty()
                ? Map.of("id", action.id())
                : Map.of("id", action.id(), "features", action.features());
    }

    private void add(Map<String, Object> json) {
        lines.add(new Line(
                Instant.parse(json.get("time").toString()), json.get("eventId").toString(), Json.write(json)));
    }
}
