package io.leeway.cli.pipeline;

import io.leeway.cli.CommandException;
import io.leeway.cli.ServicesOption;
import io.leeway.cli.client.LeewayClient;
import io.leeway.cli.exchange.History;
import io.leeway.cli.exchange.Tally;
import io.leeway.contracts.Pipeline;
import io.leeway.contracts.StepName;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.report.Progress;
import io.leeway.simulator.traffic.Generator;
import io.leeway.simulator.world.BanditWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The pipelines, whole or a step at a time. */
@Command(
        name = "pipeline",
        description =
                "The startup pipeline (Generator, Ingester, Trainer, Deployer), the retraining pipeline, or one step.")
public final class PipelineCommand implements Runnable {
    private static final String ROWS = "Records to generate (default ${DEFAULT-VALUE}).";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "one of startup, retrain, generate, ingest, train, deploy is missing");
    }

    @Command(
            name = "startup",
            description = "Generator, Ingester, Trainer and Deployer, for a loop of simulated users.")
    void startup(
            @Mixin ServicesOption services,
            @Mixin WorldOption world,
            @Option(names = "--rows", paramLabel = "N", defaultValue = "5000", description = ROWS) long rows,
            @Parameters(paramLabel = "LOOP") String loop)
            throws IOException, InterruptedException {
        LeewayClient client = services.client();
        BanditWorld users = world.world();
        if (client.findLoop(loop).isEmpty()) {
            client.putLoop(loop, world.settings(users));
        }
        Path file = Files.createTempFile("leeway-" + loop + "-", ".jsonl.gz");
        try {
            StepRecord generated = generate(users, world.seed, rows, file);
            StepRecord ingested = ingest(client, loop, file, rows);
            Job job = client.retrain(
                    loop,
                    Map.of(
                            "pipeline",
                            Pipeline.STARTUP,
                            "reason",
                            "startup pipeline by hand",
                            "priorSteps",
                            List.of(generated, ingested)));
            Follow.toTheEnd(client, job, System.out);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Command(name = "retrain", description = "Ingester, Trainer and Deployer, on the loop's log.")
    void retrain(@Mixin ServicesOption services, @Parameters(paramLabel = "LOOP") String loop)
            throws InterruptedException {
        LeewayClient client = services.client();
        Follow.toTheEnd(client, client.retrain(loop, Map.of("reason", "retraining pipeline by hand")), System.out);
    }

    @Command(
            name = "generate",
            description = "Generator: off-policy records of simulated users under a random policy, as JSON lines.")
    void generate(
            @Mixin WorldOption world,
            @Option(names = "--rows", paramLabel = "N", defaultValue = "5000", description = ROWS) long rows,
            @Parameters(paramLabel = "FILE", description = "Gzipped if it ends in .gz.") Path file)
            throws IOException {
        System.out.println(generate(world.world(), world.seed, rows, file).message());
    }

    @Command(name = "ingest", description = "Ingester: brings such a data set into the log.")
    void ingest(
            @Mixin ServicesOption services,
            @Parameters(paramLabel = "LOOP") String loop,
            @Parameters(paramLabel = "FILE") Path file)
            throws IOException {
        System.out.println(ingest(services.client(), loop, file, 0).message());
    }

    @Command(
            name = "train",
            description =
                    "Trainer: trains on the loop's log, gates and registers the candidate, and does not deploy it.")
    void train(@Mixin ServicesOption services, @Parameters(paramLabel = "LOOP") String loop)
            throws InterruptedException {
        LeewayClient client = services.client();
        Job job = client.retrain(loop, Map.of("reason", "trainer by hand", "deploy", false));
        Follow.toTheEnd(client, job, System.out);
    }

    @Command(
            name = "deploy",
            description = "Deployer: makes a registered version champion and publishes it, if its gates let it pass.")
    void deploy(
            @Mixin ServicesOption services,
            @Option(names = "--force", description = "Also if a gate kept it out.") boolean force,
            @Parameters(paramLabel = "LOOP") String loop,
            @Parameters(paramLabel = "VERSION") long version) {
        LeewayClient client = services.client();
        ModelVersion candidate = client.version(loop, version)
                .orElseThrow(() -> new CommandException("must be a version of " + loop + ": version=" + version));
        for (GateVerdict gate : candidate.gates()) {
            System.out.printf("gate %-8s %s: %s%n", gate.gate(), gate.passed() ? "passed" : "KEPT OUT", gate.reason());
            if (!gate.passed() && !force) {
                throw new CommandException(
                        "gate " + gate.gate() + " kept version " + version + " out (--force to insist)");
            }
        }
        client.promote(loop, version, "deployer by hand");
        System.out.println("version " + version + " is champion of " + loop);
    }

    private static StepRecord generate(BanditWorld users, long seed, long rows, Path file) throws IOException {
        Instant from = Instant.now();
        long written;
        try (Progress progress = Progress.of("Generator", rows)) {
            Instant start = from.minus(Duration.ofSeconds(rows));
            String run = users.name() + "-" + Long.toString(from.toEpochMilli(), 36);
            written = Generator.write(file, Generator.rows(users, run, 0, rows, start, seed), progress);
        }
        return step(
                StepName.GENERATOR,
                from,
                Map.of("rows", written, "policy", "uniform", "seed", seed),
                written + " records of simulated users under a random policy, in " + file.getFileName());
    }

    private static StepRecord ingest(LeewayClient client, String loop, Path file, long rows) throws IOException {
        Instant from = Instant.now();
        Tally result;
        try (Progress progress = Progress.of("Ingester", rows)) {
            result = new History(client, loop).send(file, progress);
        }
        result.faults().stream()
                .limit(10)
                .forEach(line -> System.err.println("line " + line.line() + ": " + line.reason()));
        if (result.accepted() + result.duplicates() == 0) {
            throw new CommandException("no line of " + file + " could be used");
        }
        return step(
                StepName.INGESTER,
                from,
                Map.of(
                        "accepted", result.accepted(),
                        "duplicates", result.duplicates(),
                        "rejected", result.rejected()),
                result.accepted() + " records are in the log of " + loop + ", " + result.duplicates()
                        + " were there already, " + result.rejected() + " could not be used");
    }

    private static StepRecord step(StepName name, Instant from, Map<String, Object> figures, String message) {
        return new StepRecord(name, StepState.DONE, "simulator", from, Instant.now(), figures, message);
    }
}
