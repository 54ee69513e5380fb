package io.leeway.cli.demo;

import io.leeway.cli.JsonOption;
import io.leeway.cli.ServicesOption;
import io.leeway.simulator.world.DriftWorld;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long the loop takes to close: the world of {@code demo drift} changes abruptly again and again while its users go on asking, and
 * each time the seconds from the alarm, and from the request for training, to the first decision of the new champion are taken.
 */
@Command(
        name = "loop",
        description = "Seconds from a drift alarm to the new model serving, beside traffic, on a stack of its own.")
public final class LoopBench implements Callable<Integer> {
    private static final int COLD = 3000;
    private static final int SERVED = 2000;
    private static final int USERS = 8;

    @Mixin
    private ServicesOption services;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--changes",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often the world changes (default ${DEFAULT-VALUE}).")
    private int changes;

    @Option(
            names = "--per-second",
            paramLabel = "N",
            defaultValue = "400",
            description = "Decisions per second all the while (default ${DEFAULT-VALUE}).")
    private double perSecond;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the world.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        json.requireWritable();
        double loadBefore = load();
        List<Change> abrupt = new ArrayList<>();
        for (int i = 1; i <= changes; i++) {
            abrupt.add(new Change("change " + i, 0, seed + i));
        }
        DriftWorld world = new DriftWorld(seed);
        BanditPlan plan = new BanditPlan(
                RunName.of("bench"), "loop", DriftDemo.settings(world), world, abrupt, COLD, SERVED, perSecond, USERS);
        BanditRecord record;
        try (Milestones milestones = new Milestones(json.words());
                DemoStack stack = DemoStack.open("bench-loop", services, milestones)) {
            milestones.expect("bench loop", plan.expectedDecisions());
            record = new BanditScenario(plan, stack.client(), milestones).call();
        }
        List<Swap> swaps =
                record.swaps().stream().filter(swap -> swap.alarmAt() != null).toList();
        Map<String, Object> result = result(record, swaps, loadBefore);
        json.write(result);
        json.words().println(words(record, swaps, result));
        return 0;
    }

    private Map<String, Object> result(BanditRecord record, List<Swap> swaps, double loadBefore) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "alarmToServingSeconds",
                median(swaps.stream().map(Swap::secondsToServing).toList()));
        result.put(
                "requestToServingSeconds",
                median(swaps.stream().map(Swap::secondsFromRequest).toList()));
        result.put(
                "trainingSeconds",
                median(swaps.stream().map(Swap::secondsTraining).toList()));
        result.put("changes", swaps.stream().map(LoopBench::json).toList());
        result.put("stages", stages(record, swaps));
        result.put("decisions", record.answered());
        result.put("failed", record.failed());
        result.put("perSecond", perSecond);
        result.put("processors", Runtime.getRuntime().availableProcessors());
        result.put("loadBefore", loadBefore);
        result.put("loadAfter", load());
        return result;
    }

    private static Map<String, Object> json(Swap swap) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("modelVersion", swap.modelVersion());
        json.put("changeToAlarmSeconds", swap.secondsToAlarm());
        json.put("alarmToServingSeconds", swap.secondsToServing());
        json.put("requestToServingSeconds", swap.secondsFromRequest());
        json.put("waitingSeconds", swap.secondsWaiting());
        json.put("trainingSeconds", swap.secondsTraining());
        json.put("deployingSeconds", swap.secondsDeploying());
        json.put("failedDuringSwap", swap.failedDecisions());
        return json;
    }

    private static String words(BanditRecord record, List<Swap> swaps, Map<String, Object> result) {
        return System.lineSeparator()
                + DemoTables.swaps(swaps).toText()
                + System.lineSeparator()
                + DemoTables.steps(record.jobs()).toText()
                + System.lineSeparator()
                + DemoTables.stages(stages(record, swaps)).toText()
                + String.format(
                        Locale.ROOT,
                        "%nalarm to serving %.1f s, request to serving %.1f s, of that training %.1f s (medians of %d);"
                                + " %d failed of %,d; load %.1f before, %.1f after, on %d processors",
                        (Double) result.get("alarmToServingSeconds"),
                        (Double) result.get("requestToServingSeconds"),
                        (Double) result.get("trainingSeconds"),
                        swaps.size(),
                        record.failed(),
                        record.answered(),
                        (Double) result.get("loadBefore"),
                        (Double) result.get("loadAfter"),
                        (Integer) result.get("processors"));
    }

    private static List<JobStages> stages(BanditRecord record, List<Swap> swaps) {
        return swaps.stream()
                .flatMap(swap -> record.jobs().stream()
                        .filter(job -> job.jobId().equals(swap.jobId()))
                        .map(job -> JobStages.of(job, swap)))
                .toList();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
