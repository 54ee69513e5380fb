package io.leeway.cli.demo;

import io.leeway.cli.CommandException;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a taxi ride will take: January trains, February and March are the live world. */
@Command(
        name = "taxi",
        description = "Ride durations of New York's green taxis: January trains, February and March stream through.")
final class TaxiDemo implements Callable<Integer> {
    @Mixin
    private DemoOptions options;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Folder with green_tripdata_2021-01.parquet, -02 and -03.")
    private Path data;

    @Option(
            names = "--every",
            paramLabel = "N",
            defaultValue = "8",
            description = "Ask for every n-th ride of February and March (default ${DEFAULT-VALUE}).")
    private int every;

    @Override
    public Integer call() throws Exception {
        if (every < 1) {
            throw new CommandException("must be >= 1: --every " + every);
        }
        DemoResult result;
        try (Milestones milestones = new Milestones(options.json.words())) {
            TaxiData rides = TaxiData.read(data, every);
            milestones.tell(
                    "rides",
                    "%,d of January, %,d live",
                    rides.january().size(),
                    rides.live().size());
            try (DemoStack stack = DemoStack.open("taxi", options.services, milestones)) {
                TaxiScenario scenario = new TaxiScenario(
                        RunName.of("taxi"),
                        settings(null),
                        settings(rides.liveFebruary()),
                        rides,
                        stack.client(),
                        milestones);
                result = new TaxiStory(rides, every).tell(scenario.call(), stack.processes());
            }
        }
        return new DemoEnding("taxi", options).finish(result);
    }

    /** Retrains when it degrades, and by volume where that is given. */
    private static LoopSettings settings(Integer everyFeedback) {
        TrainingSettings training = new TrainingSettings(
                "dl4j", List.of(64, 32), 8, 512, 0.003, null, null, 4000, 100_000, 0.1, null, everyFeedback, null);
        DriftSettings drift = DriftSettings.builder()
                .minimumEffect(0.08)
                .windowRows(2000)
                .retrainOnInputs(true)
                .coolDown(Duration.ofSeconds(20))
                .build();
        return LoopSettings.builder(LoopKind.REGRESSION)
                .description("demo: minutes that a taxi ride takes")
                .actions(List.of())
                .reward(new RewardSettings(Duration.ofSeconds(2), null, null, true, null, null, null))
                .training(training)
                .drift(drift)
                .build();
    }
}
