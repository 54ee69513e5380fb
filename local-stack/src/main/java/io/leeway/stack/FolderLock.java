package io.leeway.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Keeps a folder for one process; the operating system gives it back when the process ends in any way. */
final class FolderLock implements AutoCloseable {
    private static final String FILE = "in-use.lock";

    private final FileChannel channel;

    private final Path folder;

    private FolderLock(FileChannel channel, Path folder) {
        this.channel = channel;
        this.folder = folder;
    }

    /** @throws StackException if another process, or another part of this one, holds the folder */
    static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StackException("must not be in use by another process: folder=" + folder);
            }
            return new FolderLock(channel, folder);
        } catch (IOException e) {
            throw new StackException("must be writable: folder=" + folder, e);
        }
    }

    /** Removes everything in the folder but the lock itself. */
    void empty() {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.toList()) {
                if (!child.getFileName().toString().equals(FILE)) {
                    Folders.deleteTree(child);
                }
            }
        } catch (IOException e) {
            throw new StackException("must be removable: contents of " + folder, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StackException("must be closable: lock", e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }
}
