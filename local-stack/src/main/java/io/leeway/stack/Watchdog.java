package io.leeway.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends the children of this process when it was killed and could not do it itself: a small shell process that waits for
 * the parent's end and then reads from a file which children were left. Thread safe.
 */
final class Watchdog {
    private static final String SCRIPT = """
            while kill -0 "$1" 2>/dev/null; do sleep 1; done
            tell() { while read -r signal pid; do kill -"${1:-$signal}" "$pid" 2>/dev/null; done <"$children"; }
            children=$2
            [ -s "$children" ] && { tell ""; sleep 15; tell KILL; }
            rm -f "$children"
            """;

    private static final Map<Long, Signal> CHILDREN = new LinkedHashMap<>();
    private static Path file;

    private Watchdog() {}

    static synchronized void watch(Process child, Signal stopSignal) {
        CHILDREN.put(child.pid(), stopSignal);
        try {
            if (file == null) {
                file = Files.createTempFile("leeway-children-", ".list");
                write();
                start();
            } else {
                write();
            }
        } catch (IOException e) {
            throw new StackException("must be startable: watchdog", e);
        }
        child.onExit().thenAccept(ended -> forget(ended.pid()));
    }

    private static synchronized void forget(long pid) {
        CHILDREN.remove(pid);
        try {
            write();
        } catch (IOException e) {
            throw new StackException("must be writable: " + file, e);
        }
    }

    private static void write() throws IOException {
        List<String> lines = new ArrayList<>();
        CHILDREN.forEach((pid, signal) -> lines.add(signal + " " + pid));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void start() throws IOException {
        List<String> command = new ArrayList<>(Tool.SETSID.isPresent() ? List.of("setsid") : List.of());
        command.addAll(List.of("sh", "-c", SCRIPT, "leeway-watchdog"));
        command.add(Long.toString(ProcessHandle.current().pid()));
        command.add(file.toString());
        new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
