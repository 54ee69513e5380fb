package io.leeway.training.dl4j;

import io.leeway.core.json.Json;
import io.leeway.training.learning.Hyperparameters;
import io.leeway.training.learning.Learner;
import io.leeway.training.learning.TrainCandidate;
import io.leeway.training.learning.TrainingReport;
import io.leeway.training.learning.TrainingSpec;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains one candidate and ends: the main class of the child process that the service starts for each job, and of offline training.
 * Its one argument is the file of a {@link TrainingSpec}, which documents the format.
 *
 * <p>Threads are set by the environment variable {@code OMP_NUM_THREADS}, which native code reads when it loads. Standard output
 * has one JSON object per line: {@code {"phase":"started","backend":..,"threads":..,"seconds":..}}, then
 * {@code {"phase":"epoch","epoch":1,"epochs":40,"train":..,"validation":..}} and last {@code {"phase":"done","figures":{..}}}.
 * Everything else goes to standard error. Exit status 0 done, 1 failed (the reason is the last line on standard error), 2 wrong
 * usage.
 */
public final class TrainerMain {
    private TrainerMain() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Libraries that print to standard output must not come between the progress lines.
        System.setOut(System.err);
        if (arguments.length != 1) {
            System.err.println("usage: TrainerMain SPECIFICATION.json");
            System.exit(2);
        }
        if (Boolean.getBoolean("leeway.trainer.endsWithInput")) {
            endWithInput();
        }
        System.exit(run(Path.of(arguments[0]), out));
    }

    /** The service holds the other end of standard input: when it dies, however it does, this process must not live on. */
    private static void endWithInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nobody writes there.
                        }
                    } catch (IOException e) {
                        // Broken is as good as ended.
                    }
                    Runtime.getRuntime().halt(1);
                },
                "end-with-input");
        watch.setDaemon(true);
        watch.start();
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
        boolean linear = spec.hyperparameters().learner().equals(Hyperparameters.LINEAR);
        Learner learner = TrainCandidate.learner(spec.hyperparameters(), NetworkLearner::new);
        String backend = learner.backend();
        int threads = linear ? 1 : Backend.threads();
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        say(out, Map.of("phase", "started", "backend", backend, "threads", threads, "seconds", seconds));
        return new TrainCandidate(spec, learner, TrainCandidate.platform(threads, backend))
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

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static synchronized void say(PrintStream out, Map<String, Object> line) {
        out.println(Json.write(line));
    }
}
