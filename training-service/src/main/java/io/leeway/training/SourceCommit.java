package io.leeway.training;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** Finds the commit of the checkout that this runs from, for the provenance; "unknown" outside of one. */
final class SourceCommit {
    static final String UNKNOWN = "unknown";

    private SourceCommit() {}

    /** Looked for where the classes lie: the working directory may belong to another project. */
    static String ofThisCode() {
        CodeSource source = SourceCommit.class.getProtectionDomain().getCodeSource();
        try {
            return source == null ? UNKNOWN : of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return UNKNOWN;
        }
    }

    static String of(Path folder) {
        for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.exists(git)) {
                try {
                    return read(git);
                } catch (IOException e) {
                    return UNKNOWN;
                }
            }
        }
        return UNKNOWN;
    }

    private static String read(Path git) throws IOException {
        Path folder = git;
        if (Files.isRegularFile(git)) {
            // A work tree: the file names the folder, which names the common one.
            folder = git.resolveSibling(
                    Files.readString(git).replace("gitdir:", "").trim());
        }
        String head = Files.readString(folder.resolve("HEAD")).trim();
        if (!head.startsWith("ref:")) {
            return head;
        }
        String ref = head.substring("ref:".length()).trim();
        Path common = Files.exists(folder.resolve("commondir"))
                ? folder.resolve(Files.readString(folder.resolve("commondir")).trim())
                : folder;
        if (Files.exists(common.resolve(ref))) {
            return Files.readString(common.resolve(ref)).trim();
        }
        return Files.readAllLines(common.resolve("packed-refs")).stream()
                .filter(line -> line.endsWith(" " + ref))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
