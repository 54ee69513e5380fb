package io.leeway.cli.stack;

import io.leeway.cli.Root;
import io.leeway.stack.RunningStack;
import io.leeway.stack.StackPlan;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the stack; its data stay. */
@Command(name = "down", description = "Stops the stack; its data stay.")
public final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        Optional<RunningStack> running = RunningStack.find(Root.path().resolve(StackPlan.FOLDER));
        if (running.isEmpty()) {
            System.out.println("It is not up.");
            return 0;
        }
        running.get().stop();
        System.out.println("Stopped. The data are in " + StackPlan.FOLDER + ".");
        return 0;
    }
}
