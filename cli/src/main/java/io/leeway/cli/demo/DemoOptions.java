package io.leeway.cli.demo;

import io.leeway.cli.JsonOption;
import io.leeway.cli.Root;
import io.leeway.cli.ServicesOption;
import io.leeway.stack.StackPlan;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all demos can be told. */
final class DemoOptions {
    @Mixin
    ServicesOption services;

    @Mixin
    JsonOption json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the HTML report goes; default .leeway/reports/.")
    private Path report;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the simulated world (default ${DEFAULT-VALUE}).")
    long seed;

    Path report(String name) {
        return report != null ? report : Root.path().resolve(StackPlan.FOLDER).resolve("reports/" + name + ".html");
    }
}
