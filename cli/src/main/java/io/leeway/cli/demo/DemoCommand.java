package io.leeway.cli.demo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whole closed loops. */
@Command(
        name = "demo",
        description = "A whole closed loop on real or simulated traffic, ending in a table and an HTML report.",
        subcommands = {MovieLensDemo.class, TaxiDemo.class, DriftDemo.class})
public final class DemoCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of movielens, taxi, drift is missing");
    }
}
