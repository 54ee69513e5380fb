package io.leeway.simulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the real data sets that some tests run on; those tests are skipped where they are not there. */
public final class Data {

    private Data() {}

    /** The folder of this data set: under LEEWAY_DATA, or else under ../shared/data beside the repository. */
    public static Path folder(String name) {
        String root = System.getenv("LEEWAY_DATA");
        Path folder = (root == null ? Path.of("..", "..", "shared", "data") : Path.of(root)).resolve(name);
        assumeTrue(
                Files.isDirectory(folder),
                () -> "skipped: no " + name + " in " + folder.toAbsolutePath().normalize() + " (set LEEWAY_DATA)");
        return folder;
    }
}
