package io.leeway.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets PostgreSQL, which refuses to run as root, run where everything else runs as root (containers). Stateless.
 *
 * <p>First choice is a user namespace: the server sees itself as nobody while its files stay root's. Where the kernel
 * forbids namespaces it runs as nobody, who is given the data directory.
 */
final class Unprivileged {
    private static final int NOBODY = 65534;

    private Unprivileged() {}

    /** What to put before a command; empty for an ordinary user. */
    static List<String> prefix(Path dataDir) {
        if (!isRoot()) {
            return List.of();
        }
        if (Tool.UNSHARE.isPresent() && succeeds("unshare", "-U", "true")) {
            return List.of("unshare", "-U");
        }
        if (Tool.SETPRIV.isPresent()) {
            giveToNobody(dataDir);
            return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        }
        throw new StackException("must not be root, or unshare or setpriv must be on the PATH: PostgreSQL");
    }

    static boolean isRoot() {
        try {
            Map<String, Object> own = Files.readAttributes(Path.of("/proc/self"), "unix:uid");
            return Integer.valueOf(0).equals(own.get("uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return System.getProperty("user.name").equals("root");
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void giveToNobody(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                Files.setAttribute(path, "unix:uid", NOBODY);
                Files.setAttribute(path, "unix:gid", NOBODY);
            }
        } catch (IOException e) {
            throw new StackException("must be givable to nobody: dataDir=" + root, e);
        }
    }
}
