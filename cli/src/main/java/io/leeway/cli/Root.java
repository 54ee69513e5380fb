package io.leeway.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that Leeway lives in: the launcher says so, otherwise the working directory or the nearest above it. */
public final class Root {
    private Root() {}

    public static Path path() {
        String told = System.getProperty("leeway.root", System.getenv("LEEWAY_ROOT"));
        if (told != null) {
            return Path.of(told).toAbsolutePath().normalize();
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn")) && Files.isDirectory(folder.resolve("contracts"))) {
                return folder;
            }
        }
        return here;
    }
}
