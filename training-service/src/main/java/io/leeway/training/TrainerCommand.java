package io.leeway.training;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of the child process that trains: this process's JDK and classes, but another main class. Stateless. */
final class TrainerCommand {
    /** A name, not the class: nothing outside of its package may see DL4J. */
    static final String MAIN_CLASS = "io.leeway.training.dl4j.TrainerMain";

    /** Tells it to warm up and wait for the specification's name on standard input. */
    private static final String WAIT = "-";

    /** The JDK that began to warn of native access and of sun.misc.Unsafe. */
    private static final int QUIET_FROM = 24;

    private static final String FAST_JAR = "quarkus-run.jar";

    private TrainerCommand() {}

    /**
     * @param nativeFolder where native libraries are unpacked, once for all jobs
     */
    static List<String> of(long heapBytes, Path nativeFolder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + (heapBytes >> 20) + "m");
        // The quick compiler alone: the work is in native code, and a job is over before the slow one pays.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Xshare:auto");
        command.add("-Dorg.bytedeco.javacpp.cachedir=" + nativeFolder.toAbsolutePath());
        // It is on the class path and complains, last of all, when another one was there first.
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        if (Runtime.version().feature() >= QUIET_FROM) {
            // Native code is the point here; the JVM's warnings of it would hide why a training failed.
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-cp");
        command.add(classPath(System.getProperty("java.class.path")));
        command.add(MAIN_CLASS);
        command.add(WAIT);
        return command;
    }

    /** Quarkus's fast-jar starts from one jar that knows the others; a plain JVM has to be told them. */
    static String classPath(String own) {
        String[] entries = own.split(File.pathSeparator);
        if (entries.length != 1 || !entries[0].endsWith(FAST_JAR)) {
            return Arrays.stream(entries)
                    .filter(entry -> !entry.isEmpty())
                    .map(entry -> Path.of(entry).toAbsolutePath().toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        Path home = Path.of(entries[0]).toAbsolutePath().getParent();
        return Stream.of("app", "lib/main", "lib/boot")
                .flatMap(folder -> jars(home.resolve(folder)).stream())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
