package io.leeway.cli.exchange;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Writes the footer of a Parquet file once more, with what is a set in it in order. The library keeps the encodings of a column in a
 * hash set of enum constants, whose order is another one in each run of a JVM, and the same rows must give the same bytes.
 *
 * @see "https://parquet.apache.org/docs/file-format/: footer, its length in 4 bytes little-endian, PAR1"
 */
final class ParquetFooter {
    private static final int TAIL = 8;

    private ParquetFooter() {}

    static void order(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            byte[] tail = new byte[TAIL];
            file.seek(file.length() - TAIL);
            file.readFully(tail);
            int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
            long start = file.length() - TAIL - length;
            byte[] footer = new byte[length];
            file.seek(start);
            file.readFully(footer);
            FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
            for (RowGroup group : metadata.getRow_groups()) {
                group.getColumns().stream().map(ColumnChunk::getMeta_data).forEach(ParquetFooter::order);
            }
            ByteArrayOutputStream ordered = new ByteArrayOutputStream(length);
            Util.writeFileMetaData(metadata, ordered);
            ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).putInt(ordered.size());
            file.seek(start);
            file.write(ordered.toByteArray());
            file.write(tail);
            file.setLength(start + ordered.size() + TAIL);
        }
    }

    private static void order(ColumnMetaData column) {
        List<Encoding> encodings = new ArrayList<>(column.getEncodings());
        encodings.sort(Comparator.comparingInt(Encoding::getValue));
        column.setEncodings(encodings);
        if (column.isSetEncoding_stats()) {
            List<PageEncodingStats> stats = new ArrayList<>(column.getEncoding_stats());
            stats.sort(Comparator.<PageEncodingStats>comparingInt(
                            one -> one.getPage_type().getValue())
                    .thenComparingInt(one -> one.getEncoding().getValue()));
            column.setEncoding_stats(stats);
        }
    }
}
