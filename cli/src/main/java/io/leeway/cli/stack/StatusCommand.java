package io.leeway.cli.stack;

import io.leeway.cli.JsonOption;
import io.leeway.cli.Root;
import io.leeway.stack.PartState;
import io.leeway.stack.RunningStack;
import io.leeway.stack.StackPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what runs. Exit status 1 unless all of it does. */
@Command(name = "status", description = "Says what of the stack runs, where, and how much memory it uses.")
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        Optional<RunningStack> running = RunningStack.find(Root.path().resolve(StackPlan.FOLDER));
        if (running.isEmpty()) {
            json.words().println("It is not up. Start it: ./leeway up");
            json.write(List.of());
            return 1;
        }
        print(running.get(), json.words());
        List<PartState> parts = running.get().parts();
        json.write(parts);
        return parts.stream().allMatch(part -> part.condition() == PartState.Condition.UP) ? 0 : 1;
    }

    static void print(RunningStack stack) {
        print(stack, System.out);
    }

    private static void print(RunningStack stack, PrintStream out) {
        out.printf("%-20s %-9s %6s %8s %9s %s%n", "part", "is", "port", "pid", "memory", "log");
        for (PartState part : stack.parts()) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %-9s %6d %8s %6.0f MB %s%n",
                    part.name(),
                    part.condition().name().toLowerCase(Locale.ROOT),
                    part.port(),
                    part.process() == null ? "-" : Long.toString(part.process().pid()),
                    part.residentBytes() / 1e6,
                    part.logFile());
        }
    }
}
