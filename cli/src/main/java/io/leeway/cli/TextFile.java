package io.leeway.cli;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** Text of a file that may be gzipped, whatever its name. */
public final class TextFile {
    private TextFile() {}

    public static BufferedReader open(Path file) throws IOException {
        return open(file, bytes -> {});
    }

    /** @param read is told how many bytes of the file have been read */
    public static BufferedReader open(Path file, LongConsumer read) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandException("must be a file: " + file);
        }
        InputStream bytes = new BufferedInputStream(new Counting(Files.newInputStream(file), read), 1 << 16);
        bytes.mark(2);
        boolean zipped = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        return new BufferedReader(
                new InputStreamReader(zipped ? new GZIPInputStream(bytes, 1 << 16) : bytes, StandardCharsets.UTF_8));
    }

    private static final class Counting extends FilterInputStream {
        private final LongConsumer told;
        private long count;

        private Counting(InputStream in, LongConsumer told) {
            super(in);
            this.told = told;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int got = super.read(buffer, offset, length);
            count += Math.max(0, got);
            told.accept(count);
            return got;
        }
    }
}
