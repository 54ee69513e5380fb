package io.leeway.stack;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Command lines of child JVMs, on the JDK that this process runs on. Stateless. */
final class JavaCommand {
    /** Compiles quickly rather than well: for a process that lives for minutes on a machine with few processors. */
    static final List<String> SHORT_LIFE = List.of("-XX:TieredStopAtLevel=1");

    private static final int JAVA_VERSION = Runtime.version().feature();

    private JavaCommand() {}

    static String executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** What every child JVM gets: a bounded heap, a collector without helper threads, and a stop on lost memory. */
    static List<String> start(int heapMegabytes) {
        List<String> command = new ArrayList<>();
        command.add(executable());
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Xshare:auto");
        if (JAVA_VERSION >= 24) {
            // Libraries of ours do both; without these each start warns of a future JDK.
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        return command;
    }

    /**
     * This process's class path with absolute entries; surefire and the launcher both leave the full one in the system
     * property.
     */
    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
