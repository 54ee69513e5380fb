package io.leeway.cli.bench;

import io.leeway.cli.JsonOption;
import io.leeway.cli.bench.ServingResult.Row;
import io.leeway.cli.bench.ServingResult.Swaps;
import io.leeway.contracts.Canary;
import io.leeway.contracts.ModelRole;
import io.leeway.core.bandit.continuous.ContinuousLearners;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures decisions beside an empty call and a bare record, on one service and one broker in one run. */
@Command(
        name = "serving",
        description = {
            "How much a decision costs beside the same server that only answers (baseline A), and that only answers and sends the record (baseline B)."
        })
public final class ServingBench implements Callable<Integer> {
    private static final String LINEAR = "linear";
    private static final String NETWORK = "network";
    private static final int ROUNDS = 5;
    /** Online learners are measured on the first size alone, after so many feedbacks each. */
    private static final Map<String, Integer> LEARNERS =
            new TreeMap<>(Map.of(ContinuousLearners.LINEAR, 3000, ContinuousLearners.AUTO, 3000));

    @Mixin
    private JsonOption json;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            description = "Length of each of the many measurements (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--connections",
            defaultValue = "16",
            description = "Connections that call at once (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = {"--swaps", "--pairs"},
            defaultValue = "30",
            description =
                    "Rounds of three runs of at least 4 s, one of them with a model swap (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "ACTIONSxFEATURES",
            defaultValue = "10x10,50x20,200x10",
            description = "Sizes of requests; the first is what the ratios are of (default: ${DEFAULT-VALUE}).")
    private List<String> sizes;

    @Option(
            names = "--trials",
            description = "Measures a loop with a canary of a tenth, and one with a shadow, too (linear models).")
    private boolean trials;

    @Option(names = "--only-swaps", description = "Measures the swaps alone, at the first size.")
    private boolean onlySwaps;

    @Spec
    private CommandSpec spec;

    private PrintStream words;

    @Override
    public Integer call() throws IOException {
        require(seconds > 0, "--seconds must be > 0: " + seconds);
        require(connections >= 1, "--connections must be >= 1: " + connections);
        require(rounds >= 1, "--swaps must be >= 1: " + rounds);
        words = json.words();
        List<Workload> workloads = sizes.stream().map(Workload::of).toList();
        double loadBefore = load();
        tell("starting a broker and a prediction service on free ports");
        try (ServerUnderTest server = ServerUnderTest.start()) {
            if (onlySwaps) {
                Swaps alone = swapsAlone(server, workloads.get(0));
                ServingTable.print(alone, words);
                json.write(alone);
                return 0;
            }
            List<Row> rows = new ArrayList<>();
            Measure measure = new Measure(server, connections, duration(), this::tell);
            for (Workload workload : workloads) {
                rows.addAll(workload(server, measure, workload, workload.equals(workloads.get(0))));
            }
            Row linear = row(rows, "decision, " + LINEAR);
            Row b = row(rows, "baseline B");
            Swaps swaps = swaps(server, workloads.get(0), linear.perSecond() / 2);
            ServingResult result = new ServingResult(
                    linear.cpuMicros() / b.cpuMicros(),
                    row(rows, "decision, " + NETWORK).cpuMicros() / b.cpuMicros(),
                    row(rows, "decision, " + ContinuousLearners.LINEAR).cpuMicros() / b.cpuMicros(),
                    row(rows, "decision, " + ContinuousLearners.AUTO).cpuMicros() / b.cpuMicros(),
                    linear.halfP99() / b.halfP99(),
                    swaps,
                    rows,
                    1e6 / linear.cpuMicros(),
                    loadBefore,
                    load(),
                    System.getProperty("java.version"),
                    Runtime.getRuntime().availableProcessors());
            ServingTable.print(result, words);
            json.write(result);
        }
        return 0;
    }

    private void require(boolean right, String what) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), what);
        }
    }

    private List<Row> workload(ServerUnderTest server, Measure measure, Workload workload, boolean learners)
            throws IOException {
        String linear = LINEAR + "-" + workload.name();
        String network = NETWORK + "-" + workload.name();
        server.loop(linear);
        server.loop(network);
        server.champion(linear, workload.model(linear, false, 1), 1);
        server.champion(network, workload.model(network, true, 1), 1);
        server.prime(linear, workload.bodies());
        List<Measure.Subject> subjects = new ArrayList<>(List.of(
                new Measure.Subject("baseline A", "/baselines/answer", workload),
                new Measure.Subject("baseline B", "/baselines/record", workload),
                new Measure.Subject("decision, " + LINEAR, ServerUnderTest.decisions(linear), workload),
                new Measure.Subject("decision, " + NETWORK, ServerUnderTest.decisions(network), workload)));
        if (trials) {
            subjects.add(trial(server, workload, ModelRole.CHALLENGER));
            subjects.add(trial(server, workload, ModelRole.SHADOW));
        }
        for (Map.Entry<String, Integer> learner : (learners ? LEARNERS : Map.<String, Integer>of()).entrySet()) {
            String loop = learner.getKey() + "-" + workload.name();
            server.loop(loop);
            server.champion(loop, workload.learned(loop, learner.getKey(), learner.getValue()), 1);
            subjects.add(
                    new Measure.Subject("decision, " + learner.getKey(), ServerUnderTest.decisions(loop), workload));
        }
        return measure.all(subjects, ROUNDS);
    }

    /** A linear champion, and another linear model that is tried. */
    private static Measure.Subject trial(ServerUnderTest server, Workload workload, ModelRole role) throws IOException {
        String loop = role.word() + "-" + workload.name();
        server.loop(loop, role == ModelRole.CHALLENGER ? new Canary(2, 0.1, Instant.now()) : null);
        server.champion(loop, workload.model(loop, false, 1), 1);
        server.serve(loop, role, workload.model(loop, false, 2), 2);
        return new Measure.Subject("decision, " + role.word(), ServerUnderTest.decisions(loop), workload);
    }

    private Swaps swapsAlone(ServerUnderTest server, Workload workload) throws IOException {
        String loop = LINEAR + "-" + workload.name();
        server.loop(loop);
        server.champion(loop, workload.model(loop, false, 1), 1);
        Load load = new Load(server.uri(), Measure.requests(ServerUnderTest.decisions(loop), workload), connections);
        tell("warming up: decision, " + LINEAR);
        load.saturate(duration().multipliedBy(4));
        return swaps(server, workload, load.saturate(duration()).perSecond() / 2);
    }

    private Swaps swaps(ServerUnderTest server, Workload workload, double perSecond) {
        String loop = LINEAR + "-" + workload.name();
        Load load = new Load(server.uri(), Measure.requests(ServerUnderTest.decisions(loop), workload), connections);
        List<byte[]> models = List.of(
                workload.model(loop, false, 1).toBytes(),
                workload.model(loop, false, 2).toBytes());
        return new SwapRuns(server, loop, models, load, perSecond, duration(), this::tell).run(rounds);
    }

    private static Row row(List<Row> rows, String what) {
        return rows.stream().filter(row -> row.what().equals(what)).findFirst().orElseThrow();
    }

    private Duration duration() {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private void tell(String line) {
        words.println(line);
    }
}
