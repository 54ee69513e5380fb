package io.leeway.training.dl4j;

import io.leeway.core.json.Json;
import io.leeway.training.learning.LayerStatistics;
import io.leeway.training.learning.Learner;
import io.leeway.training.learning.NetworkEngine;
import io.leeway.training.learning.NetworkTraining;
import io.leeway.training.learning.PlainEngine;
import io.leeway.training.learning.ThisMachine;
import io.leeway.training.learning.TrainCandidate;
import io.leeway.training.learning.TrainingReport;
import io.leeway.training.learning.TrainingSpec;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Trains one candidate and ends: the main class of the child process that the service starts for each job, and of offline training.
 * Its one argument is the file of a {@link TrainingSpec}, which documents the format; or {@code -}: then it warms up, which takes
 * some seconds, says {@code {"phase":"ready","backend":..,"threads":..}}, with {@code "refused"} and why instead where it has nothing
 * to compute networks on, and reads the file's name from standard input, with whose end it ends too.
 *
 * <p>Threads are set by the environment variable {@code OMP_NUM_THREADS}, which native code reads when it loads. Standard output
 * has one JSON object per line: {@code {"phase":"started","backend":..,"threads":..,"seconds":..}}, then
 * {@code {"phase":"epoch","epoch":1,"epochs":40,"train":..,"validation":..}} and last {@code {"phase":"done","figures":{..}}}.
 * Everything else goes to standard error. Exit status 0 done, 1 failed (the reason is the last line on standard error), 2 wrong
 * usage.
 */
public final class TrainerMain {
    /** Which engine computes networks: {@code dl4j}, on the backend that is on the class path, {@code java}, or {@code auto}. */
    private static final String ENGINE = System.getenv().getOrDefault("LEEWAY_TRAINER_ENGINE", "dl4j");

    private static final String DL4J = "dl4j";
    private static final String JAVA = "java";
    private static final String AUTO = "auto";

    /** A file that gets a line for each layer after each epoch, for whoever looks why a training goes wrong. */
    private static final String LAYERS = System.getenv("LEEWAY_TRAINER_LAYERS");

    private TrainerMain() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Libraries that print to standard output must not come between the progress lines.
        System.setOut(System.err);
        if (arguments.length != 1) {
            System.err.println("usage: TrainerMain SPECIFICATION.json, or - to read its name from standard input");
            System.exit(2);
        }
        System.exit(run(arguments[0].equals("-") ? awaited(out) : Path.of(arguments[0]), out));
    }

    /** The specification's file, once somebody names it on standard input; warms up until then. */
    private static Path awaited(PrintStream out) {
        CompletableFuture<Path> named = new CompletableFuture<>();
        Thread reader = new Thread(() -> readInput(named), "input");
        reader.setDaemon(true);
        reader.start();
        Map<String, Object> ready = new LinkedHashMap<>(Map.of("phase", "ready"));
        try {
            if (!ENGINE.equals(DL4J)) {
                new WarmUp(named::isDone, PlainEngine.maker()).run();
            }
            if (!ENGINE.equals(JAVA)) {
                new WarmUp(named::isDone, Dl4jEngine.maker()).run();
            }
            String backend = (ENGINE.equals(JAVA) ? PlainEngine.maker() : Dl4jEngine.maker()).backend();
            ready.put("backend", backend);
            ready.put("threads", threads(backend));
        } catch (RuntimeException | LinkageError e) {
            // The job may do without what is missing; if not, it says so itself.
            ready.put("refused", reason(e));
            System.err.println("not warm: " + reason(e));
        }
        ready.put("seconds", upSeconds());
        say(out, ready);
        return named.join();
    }

    /** The service holds the other end: when it dies, however it does, this process must not live on. */
    private static void readInput(CompletableFuture<Path> named) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                named.complete(Path.of(line));
            }
        } catch (IOException e) {
            // Broken is as good as ended.
        }
        Runtime.getRuntime().halt(1);
    }

    private static double upSeconds() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    }

    private static int run(Path file, PrintStream out) {
        try {
            TrainingReport report = train(TrainingSpec.read(file), out);
            say(out, Map.of("phase", "done", "figures", report.figures()));
            return 0;
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace();
            System.err.println(reason(e));
            return 1;
        }
    }

    /** Native code that cannot be loaded shows as a chain of errors, of which only the last one says why. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (failure instanceof LinkageError && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return failure instanceof LinkageError ? "no backend of ND4J can be used here: " + message : message;
    }

    private static TrainingReport train(TrainingSpec spec, PrintStream out) {
        if (!List.of(DL4J, JAVA, AUTO).contains(ENGINE)) {
            throw new IllegalArgumentException("must be dl4j, java or auto: LEEWAY_TRAINER_ENGINE=" + ENGINE);
        }
        boolean plain = !spec.hyperparameters().isNetwork() || ENGINE.equals(JAVA);
        NetworkEngine.Maker engines =
                plain ? PlainEngine.maker() : ENGINE.equals(AUTO) ? new EngineBySize() : Dl4jEngine.maker();
        Learner learner = TrainCandidate.learner(
                spec.hyperparameters(),
                () -> new NetworkTraining(engines, spec.start().map(TrainCandidate::read), layers()));
        String backend = learner.backend();
        say(out, Map.of("phase", "started", "backend", backend, "threads", threads(backend), "seconds", upSeconds()));
        return new TrainCandidate(
                        spec, learner, () -> ThisMachine.platform(threads(learner.backend()), learner.backend()))
                .run((epoch, epochs, train, validation) -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("phase", "epoch");
                    line.put("epoch", epoch);
                    line.put("epochs", epochs);
                    line.put("train", finite(train));
                    line.put("validation", finite(validation));
                    say(out, line);
                });
    }

    private static Optional<LayerStatistics.Watch> layers() {
        return LAYERS == null ? Optional.empty() : Optional.of(TrainerMain::append);
    }

    private static void append(List<LayerStatistics> layers) {
        StringBuilder lines = new StringBuilder();
        layers.forEach(layer -> lines.append(Json.write(layer.toJson())).append('\n'));
        try {
            Files.writeString(Path.of(LAYERS), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write LEEWAY_TRAINER_LAYERS=" + LAYERS, e);
        }
    }

    private static int threads(String backend) {
        return backend.startsWith(DL4J) ? Backend.threads() : 1;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static synchronized void say(PrintStream out, Map<String, Object> line) {
        out.println(Json.write(line));
    }
}
