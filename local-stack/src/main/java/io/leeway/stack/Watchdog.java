package io.leeway.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends children when their parent was killed and could not do it itself: a small shell process that waits for the
 * parent's end. Stateless.
 */
public final class Watchdog {
    private static final String SCRIPT = "parent=$1; shift; while kill -0 \"$parent\" 2>/dev/null; do sleep 1; done; "
            + "while [ $# -gt 0 ]; do kill -\"$1\" \"$2\" 2>/dev/null; shift 2; done";

    private Watchdog() {}

    /** Watches over the children of this process until it ends. */
    public static void watch(ChildProcess... children) {
        List<String> command = new ArrayList<>(Tool.SETSID.isPresent() ? List.of("setsid") : List.of());
        command.addAll(List.of("sh", "-c", SCRIPT, "leeway-watchdog"));
        command.add(Long.toString(ProcessHandle.current().pid()));
        for (ChildProcess child : children) {
            command.add(child.stopSignal().name());
            command.add(Long.toString(child.pid()));
        }
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new StackException("must be startable: sh", e);
        }
    }
}
