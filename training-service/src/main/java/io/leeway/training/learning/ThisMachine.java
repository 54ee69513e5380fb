package io.leeway.training.learning;

import io.leeway.core.model.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a training runs on, for its provenance. */
public final class ThisMachine {
    private ThisMachine() {}

    /** What this JVM runs on. */
    public static Provenance.Platform platform(int threads, String backend) {
        return new Provenance.Platform(
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                cpu(),
                threads,
                backend);
    }

    private static String cpu() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "unknown";
        }
        try (var lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
