package io.leeway.cli.pipeline;

import io.leeway.simulator.Simulator;
import io.leeway.simulator.SimulatorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Steady traffic until stopped. */
@Command(
        name = "simulate",
        description = "Sends steady traffic of simulated users until stopped; the compose profile simulator runs it.",
        footer =
                "Options: --prediction URL, --training URL, --loop NAME, --rate PER_SECOND, --workers N, --seed N,%n--shift-every DECISIONS, --decisions N, --report-every SECONDS; or LEEWAY_SIMULATOR_RATE and so on.")
public final class SimulateCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        SimulatorConfig config;
        try {
            config = SimulatorConfig.of(arguments, System.getenv());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
        Simulator simulator = new Simulator(config, System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::stop));
        return simulator.run() ? 0 : 1;
    }
}
