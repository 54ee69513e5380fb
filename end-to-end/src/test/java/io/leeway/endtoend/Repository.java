package io.leeway.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that these tests run in. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn")) || !Files.isDirectory(folder.resolve("contracts"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "must be run inside the checkout: " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }
}
