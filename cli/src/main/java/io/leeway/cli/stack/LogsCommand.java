package io.leeway.cli.stack;

import io.leeway.cli.CommandException;
import io.leeway.cli.Root;
import io.leeway.stack.StackPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the end of the logs. */
@Command(name = "logs", description = "Shows the end of the logs of all parts, or of one.")
public final class LogsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PART", arity = "0..1", description = "kafka, postgresql or a service.")
    private String name;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "Lines from the end (default ${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public Integer call() throws IOException {
        Path folder = Root.path().resolve(StackPlan.FOLDER).resolve("logs");
        List<Path> logs = logs(folder);
        if (logs.isEmpty()) {
            throw new CommandException("there are no logs yet in " + folder);
        }
        if (name != null && logs.stream().noneMatch(log -> part(log).equals(name))) {
            throw new CommandException(
                    "must be one of " + logs.stream().map(LogsCommand::part).toList() + ": part=" + name);
        }
        for (Path log : logs) {
            if (name == null || part(log).equals(name)) {
                show(log);
            }
        }
        return 0;
    }

    private static List<Path> logs(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static String part(Path log) {
        String file = log.getFileName().toString();
        return file.substring(0, file.length() - ".log".length());
    }

    private void show(Path log) throws IOException {
        System.out.println("==> " + log);
        List<String> all = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        all.subList(Math.max(0, all.size() - lines), all.size()).forEach(System.out::println);
    }
}
