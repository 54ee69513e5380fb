package io.leeway.stack.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds the document that a service answers at {@code /q/openapi} to the one that contracts publishes, line by line.
 *
 * <p>With {@code -Dleeway.write} the published one is written anew instead.
 */
public final class PublishedOpenApi {
    private static final Path FOLDER = Path.of("../contracts/src/main/resources/openapi");

    private PublishedOpenApi() {}

    /** @throws AssertionError naming the first line that differs, and the command that writes the document anew */
    public static void requireSame(String service, String served) throws IOException {
        Path file = FOLDER.resolve(service + ".yaml");
        if (System.getProperty("leeway.write") != null) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, served);
        }
        List<String> published = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> now = served.lines().toList();
        for (int line = 0; line < Math.max(published.size(), now.size()); line++) {
            String before = line < published.size() ? published.get(line) : "nothing";
            String after = line < now.size() ? now.get(line) : "nothing";
            if (!before.equals(after)) {
                throw new AssertionError("must be the published document: " + file.getFileName() + " line " + (line + 1)
                        + " has <" + before.strip() + ">, the service says <" + after.strip() + ">; to write it anew:"
                        + " mvn test -pl " + service + " -am -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dleeway.write");
            }
        }
    }
}
