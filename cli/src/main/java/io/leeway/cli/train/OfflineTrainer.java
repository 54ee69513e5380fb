package io.leeway.cli.train;

import io.leeway.cli.CommandException;
import io.leeway.cli.Root;
import io.leeway.contracts.TrainingSettings;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonException;
import io.leeway.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs training-service's own trainer, as built, in a process of its own. Its input and output are the files that the trainer's
 * specification documents, so that nothing of DL4J is needed here.
 */
final class OfflineTrainer {
    private static final String MAIN_CLASS = "io.leeway.training.dl4j.TrainerMain";
    private static final int QUIET_FROM = 24;

    /** What computes networks unless something else is asked for. */
    static final String ENGINE = "dl4j";

    /** How idle threads of native code wait: asleep, or with {@link #SPINNING} running. */
    static final String ASLEEP = "passive";

    static final String SPINNING = "active";

    private final int threads;
    private final String engine;
    private final String waiting;

    OfflineTrainer(int threads) {
        this(threads, ENGINE);
    }

    /** @param engine dl4j or java */
    OfflineTrainer(int threads, String engine) {
        this(threads, engine, ASLEEP);
    }

    /** @param waiting ASLEEP, as the service has it, or SPINNING */
    OfflineTrainer(int threads, String engine, String waiting) {
        this.threads = threads;
        this.engine = engine;
        this.waiting = waiting;
    }

    /** The trainer's name for each of a loop's training settings. */
    static Map<String, Object> hyperparameters(TrainingSettings settings, double holdoutShare) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("learner", settings.learner());
        json.put("hiddenLayers", settings.hiddenLayers());
        json.put("epochs", settings.epochs());
        json.put("batchRows", settings.batchRows());
        json.put("learningRate", settings.learningRate());
        json.put("l2", settings.l2());
        json.put("seed", settings.seed());
        json.put("holdoutShare", holdoutShare);
        json.put("validationShare", settings.validationShare());
        json.put("refit", settings.refit());
        json.put("interval", settings.interval() == null ? 0 : settings.interval());
        json.put("intervalBy", settings.intervalBy());
        if (settings.halfLife() != null) {
            json.put("halfLife", settings.halfLife().toString());
        }
        json.put("importance", settings.importance());
        json.put("target", settings.target());
        json.put("posterior", settings.posterior());
        json.put("members", settings.members());
        return json;
    }

    /**
     * @param specification of the trainer
     * @param told gets the trainer's progress lines
     * @return its report
     * @throws CommandException with the trainer's own reason, if it failed
     */
    JsonObject train(Map<String, Object> specification, Path folder, Consumer<JsonObject> told)
            throws IOException, InterruptedException {
        Path file = folder.resolve("specification.json");
        Files.write(file, Json.writeBytes(specification));
        Path log = folder.resolve("trainer.log");
        ProcessBuilder builder = new ProcessBuilder(command(file)).redirectError(log.toFile());
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
        // As the service does: threads that spin while they wait take the processor from the one that they wait for.
        builder.environment().put("OMP_WAIT_POLICY", waiting);
        builder.environment().put("LEEWAY_TRAINER_ENGINE", engine);
        Process child = builder.start();
        Thread end = new Thread(child::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                tell(line, told);
            }
            if (child.waitFor() != 0) {
                throw new CommandException("the trainer failed: " + lastLine(log));
            }
        } finally {
            child.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
        return JsonObject.of(Json.read(
                Files.readAllBytes(folder.resolve(specification.get("report").toString()))));
    }

    private static void tell(String line, Consumer<JsonObject> told) {
        try {
            told.accept(JsonObject.of(Json.read(line)));
        } catch (JsonException e) {
            // A library's line; the report is what counts.
        }
    }

    private static String lastLine(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank()).reduce("it said nothing", (first, second) -> second);
        }
    }

    private List<String> command(Path specification) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx2g", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto"));
        String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
        if (cache != null) {
            command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache);
        }
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        if (Runtime.version().feature() >= QUIET_FROM) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", classPath(), MAIN_CLASS, specification.toString()));
        return command;
    }

    /** The service's own jars, as its build leaves them. */
    private static String classPath() {
        Path built = Root.path().resolve("training-service/target/quarkus-app");
        if (!Files.isDirectory(built.resolve("lib/main"))) {
            throw new CommandException("must be built: " + built + " (./leeway builds it)");
        }
        return Stream.of("app", "lib/main", "lib/boot")
                .map(folder -> built.resolve(folder) + "/*")
                .collect(Collectors.joining(File.pathSeparator));
    }
}
