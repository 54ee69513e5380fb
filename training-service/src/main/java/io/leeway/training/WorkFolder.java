package io.leeway.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of one job; gone when the job is. */
record WorkFolder(Path path) implements AutoCloseable {
    /** An empty folder; what an earlier attempt left is removed. */
    static WorkFolder empty(Path path) {
        WorkFolder folder = new WorkFolder(path);
        folder.close();
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the working folder " + path, e);
        }
        return folder;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the working folder " + path, e);
        }
    }
}
