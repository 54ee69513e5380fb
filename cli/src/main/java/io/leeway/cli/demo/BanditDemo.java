package io.leeway.cli.demo;

import io.leeway.cli.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs bandit loops side by side on one stack and sums up. */
final class BanditDemo {
    private final String name;
    private final DemoOptions options;

    BanditDemo(String name, DemoOptions options) {
        this.name = name;
        this.options = options;
    }

    /** @return exit status: 0 if every loop closed */
    int run(List<BanditPlan> plans, BanditStory story) throws Exception {
        DemoResult result;
        try (Milestones milestones = new Milestones(options.json.words())) {
            try (DemoStack stack = DemoStack.open(name, options.services, milestones)) {
                milestones.expect(
                        "demo " + name,
                        plans.stream().mapToLong(BanditPlan::expectedDecisions).sum());
                List<BanditRecord> records = runTogether(plans, stack, milestones);
                result = story.tell(records, stack.processes());
            }
        }
        return new DemoEnding(name, options).finish(result);
    }

    private static List<BanditRecord> runTogether(List<BanditPlan> plans, DemoStack stack, Milestones milestones)
            throws InterruptedException {
        ExecutorService drivers = Executors.newFixedThreadPool(plans.size(), work -> {
            Thread thread = new Thread(work, "scenario");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<BanditRecord>> running = new ArrayList<>();
            for (BanditPlan plan : plans) {
                running.add(drivers.submit(new BanditScenario(plan, stack.client(), milestones)));
            }
            List<BanditRecord> records = new ArrayList<>();
            for (Future<BanditRecord> record : running) {
                records.add(record.get());
            }
            return records;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new CommandException("the demo broke off: " + e.getCause().getMessage(), e.getCause());
        } finally {
            drivers.shutdownNow();
        }
    }
}
