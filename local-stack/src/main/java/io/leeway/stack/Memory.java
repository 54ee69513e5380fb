package io.leeway.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Memory of running processes, from Linux's proc file system. Stateless. */
final class Memory {
    private Memory() {}

    /**
     * Physical memory of a process with all of its descendants, bytes.
     *
     * <p>Pages that several of them share (PostgreSQL's buffers) count once, by proportional set size, where the system
     * tells it; otherwise resident set sizes are added. 0 where neither can be read.
     */
    static long residentBytes(ProcessIdentity process) {
        Optional<ProcessHandle> handle = process.handle();
        if (handle.isEmpty()) {
            return 0;
        }
        try (Stream<ProcessHandle> descendants = handle.get().descendants()) {
            long[] pids = descendants.mapToLong(ProcessHandle::pid).toArray();
            if (pids.length == 0) {
                return kilobytes(process.pid(), "status", "VmRSS:") * 1024;
            }
            long sum = ownBytes(process.pid());
            for (long pid : pids) {
                sum += ownBytes(pid);
            }
            return sum;
        }
    }

    private static long ownBytes(long pid) {
        long proportional = kilobytes(pid, "smaps_rollup", "Pss:");
        return (proportional > 0 ? proportional : kilobytes(pid, "status", "VmRSS:")) * 1024;
    }

    private static long kilobytes(long pid, String file, String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/" + file))) {
            return lines.filter(line -> line.startsWith(field))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
