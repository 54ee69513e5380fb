package io.leeway.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that the stack makes and clears away. Stateless. */
public final class Folders {
    private Folders() {}

    /** Where unpacked programs are kept when no {@code .leeway} folder is at hand; each user has an own one. */
    public static Path temporaryCache() {
        return Path.of(System.getProperty("java.io.tmpdir"), "leeway-cache-" + System.getProperty("user.name"));
    }

    /** Makes a folder if it is missing and returns it as an absolute path. */
    static Path make(Path folder) {
        try {
            return Files.createDirectories(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new StackException("must be writable: " + folder, e);
        }
    }

    /** A folder below {@code parent} for this process alone; those of processes that have ended are removed. */
    public static Path ofThisProcess(Path parent) {
        try {
            Files.createDirectories(parent);
            for (Path sibling : children(parent)) {
                if (isOfDeadProcess(sibling)) {
                    deleteTree(sibling);
                }
            }
            Path own = parent.resolve(Long.toString(ProcessHandle.current().pid()));
            return Files.createDirectories(own).toAbsolutePath();
        } catch (IOException e) {
            throw new StackException("must be writable: " + parent, e);
        }
    }

    /** Removes a folder with all that it holds; harmless when there is none. */
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(root)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        }
    }

    private static boolean isOfDeadProcess(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(name)).isEmpty();
    }
}
