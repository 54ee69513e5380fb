package io.leeway.stack;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Small programs of the operating system that the stack uses where they exist. */
enum Tool {
    SETSID("setsid"),
    UNSHARE("unshare"),
    SETPRIV("setpriv");

    private final boolean present;

    Tool(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        this.present = Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    boolean isPresent() {
        return present;
    }
}
