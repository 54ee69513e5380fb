package io.leeway.simulator.taxi;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Decompression of Parquet pages without Hadoop's codecs, which is where parquet-floor stops at gzip. Reads only. */
final class ParquetCodecs implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("only reads: codec=" + codec);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new Decompressor((page, size) -> page);
            case GZIP -> new Decompressor((page, size) -> exactly(new GZIPInputStream(stream(page)), size));
            case ZSTD -> new Decompressor((page, size) -> exactly(new ZstdInputStream(stream(page)), size));
            case SNAPPY -> new Decompressor((page, size) -> Snappy.uncompress(page));
            default -> throw new UnsupportedOperationException("must be gzip, zstd, snappy or none: codec=" + codec);
        };
    }

    @Override
    public void release() {
        // Nothing is pooled.
    }

    private static InputStream stream(byte[] page) {
        return new ByteArrayInputStream(page);
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        try (in) {
            byte[] bytes = in.readNBytes(size);
            if (bytes.length != size) {
                throw new IOException("must hold a page of " + size + " bytes: bytes=" + bytes.length);
            }
            return bytes;
        }
    }

    /** Makes a page of the stated size out of a compressed one. */
    private interface Codec {
        byte[] decompress(byte[] page, int size) throws IOException;
    }

    private record Decompressor(Codec codec) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput page, int size) throws IOException {
            return BytesInput.from(codec.decompress(page.toByteArray(), size));
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
            byte[] page = new byte[compressedSize];
            input.get(page);
            output.put(codec.decompress(page, size));
        }

        @Override
        public void release() {
            // Holds nothing.
        }
    }
}
