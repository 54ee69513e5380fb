package io.leeway.cli.exchange;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** A file that appears whole or not at all: not after a failure, and not after Ctrl-C. */
final class WholeFile implements AutoCloseable {
    private static final AtomicInteger DRAFTS = new AtomicInteger();

    private final Path target;
    /** Not a temporary file: those are for their owner's eyes only. */
    private final Path draft;

    private final Thread interrupted;
    private boolean kept;

    WholeFile(Path target) throws IOException {
        this.target = target.toAbsolutePath();
        Files.createDirectories(this.target.getParent());
        this.draft = this.target.resolveSibling("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + DRAFTS.incrementAndGet() + ".part");
        this.interrupted = new Thread(this::discard, "discard-" + draft.getFileName());
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    /** Where it is written; nobody else's to see. */
    Path draft() {
        return draft;
    }

    /** @param zipped without a time in its head, so that the same content has the same bytes */
    OutputStream open(boolean zipped) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16);
        return zipped ? new GZIPOutputStream(out, 1 << 16) : out;
    }

    /** Makes it appear. */
    void keep() throws IOException {
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        kept = true;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IllegalStateException ending) {
            return; // The hook does it.
        }
        discard();
    }

    private void discard() {
        if (kept) {
            return;
        }
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            System.err.println("must be removed by hand: " + draft);
        }
    }
}
