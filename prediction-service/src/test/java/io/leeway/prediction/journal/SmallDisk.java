package io.leeway.prediction.journal;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that has room for so many files more; 0 at first. */
final class SmallDisk implements Segments.Disk {
    private final AtomicInteger room = new AtomicInteger();

    void makeRoom(int files) {
        room.addAndGet(files);
    }

    @Override
    public Segment create(Path file, int size) {
        if (room.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Segment.create(file, size);
        }
        throw new UncheckedIOException(
                "must be writable: journal file=" + file,
                new FileSystemException(file.toString(), null, "No space left on device"));
    }
}
