package io.leeway.endtoend;

import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Prints what the stack knows when a test fails: what the monitor sees of each loop, its drifts and trainings, and the ends of the logs. */
final class TellOnFailure implements TestExecutionExceptionHandler {
    private static final int MANY = 1000;

    private final Supplier<TwoOfEach> stack;

    TellOnFailure(Supplier<TwoOfEach> stack) {
        this.stack = stack;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        try {
            tell(System.out);
        } catch (RuntimeException e) { // The failure counts, not that no more can be told of it.
            failure.addSuppressed(e);
        }
        throw failure;
    }

    private void tell(PrintStream out) {
        for (Loop loop : stack.get().client().loops()) {
            String name = loop.name();
            out.println("== loop " + name);
            out.println(Json.text(stack.get().client().driftStatus(name)));
            lines(out, "drift", stack.get().client().driftHistory(name, MANY));
            lines(out, "training", stack.get().client().jobs(name, MANY));
        }
        for (String part : stack.get().parts()) {
            out.println("== log of " + part);
            out.println(stack.get().log(part));
        }
    }

    private static void lines(PrintStream out, String what, List<?> all) {
        all.forEach(one -> out.println(what + " " + Json.text(one)));
    }
}
