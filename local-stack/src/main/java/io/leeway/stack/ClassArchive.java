package io.leeway.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Classes that a JVM keeps from one start to the next (class data sharing): more than half of the processor time of a
 * broker's start. Not thread safe.
 *
 * <p>The JVM writes the archive when it ends. It is used only with the same JVM and the very same jars, and only once it
 * is known to be complete.
 */
final class ClassArchive {
    private final Path file;
    private final Path part;
    private final List<String> options;

    private ClassArchive(Path file, Path part, List<String> options) {
        this.file = file;
        this.part = part;
        this.options = options;
    }

    /** @return without options when there are folders on the class path: such classes may change at any time */
    static ClassArchive of(Path cacheDir, String name, String classPath) {
        List<Path> entries =
                Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
        Path file = cacheDir.resolve(name + "-" + fingerprint(entries) + ".jsa");
        Path part = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        if (!entries.stream().allMatch(Files::isRegularFile)) {
            return new ClassArchive(file, part, List.of());
        }
        if (Files.exists(file)) {
            return new ClassArchive(file, part, List.of("-XX:SharedArchiveFile=" + file));
        }
        removeOthers(cacheDir, name);
        return new ClassArchive(file, part, List.of("-XX:ArchiveClassesAtExit=" + part));
    }

    List<String> options() {
        return options;
    }

    /** To be called when the JVM has ended in good order, and so has written all of its archive. */
    void keep() {
        try {
            if (Files.exists(part)) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StackException("must be writable: " + file, e);
        }
    }

    private static UUID fingerprint(List<Path> entries) {
        StringBuilder text = new StringBuilder(Runtime.version().toString());
        for (Path entry : entries) {
            File jar = entry.toFile();
            text.append('\n')
                    .append(jar)
                    .append(' ')
                    .append(jar.length())
                    .append(' ')
                    .append(jar.lastModified());
        }
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void removeOthers(Path cacheDir, String name) {
        try (Stream<Path> files = Files.list(cacheDir)) {
            for (Path old : files.filter(file -> file.getFileName().toString().matches(name + "-[0-9a-f-]+\\.jsa.*"))
                    .toList()) {
                Files.delete(old);
            }
        } catch (IOException e) {
            throw new StackException("must be writable: " + cacheDir, e);
        }
    }
}
