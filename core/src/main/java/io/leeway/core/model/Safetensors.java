package io.leeway.core.model;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonException;
import io.leeway.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors file format: 8 bytes little-endian header length, a JSON header, the tensors' bytes without gaps. Writes F32;
 * reads F32, F64 and I64 as floats. Equal contents give equal bytes. Thread-safe: no state.
 *
 * <p>Nothing in a file is trusted: the header's length and depth are bounded before it is parsed, and ranges that overlap, leave
 * gaps, do not fit their shape, or hold values that are not finite are refused with {@link InvalidArtifactException}.
 *
 * @see "https://huggingface.co/docs/safetensors, section Format"
 */
public final class Safetensors {
    /** Longest header that is read, in bytes. */
    public static final int MAXIMUM_HEADER = 8 << 20;

    private static final String METADATA = "__metadata__";

    private Safetensors() {}

    /** What a file holds; tensors in the order of their bytes. */
    public record Contents(Map<String, String> metadata, List<Tensor> tensors) {
        public Contents {
            metadata = Map.copyOf(metadata);
            tensors = List.copyOf(tensors);
        }
    }

    /** Writes tensors, ordered by name, and metadata. */
    public static byte[] write(Map<String, String> metadata, List<Tensor> tensors) {
        List<Tensor> ordered = new ArrayList<>(tensors);
        ordered.sort(Comparator.comparing(Tensor::name));
        Map<String, Object> header = new TreeMap<>();
        if (!metadata.isEmpty()) {
            header.put(METADATA, metadata);
        }
        long offset = 0;
        for (Tensor tensor : ordered) {
            long end = offset + 4L * tensor.data().size();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", "F32");
            entry.put("shape", tensor.shape());
            entry.put("data_offsets", List.of(offset, end));
            if (header.put(tensor.name(), entry) != null) {
                throw new IllegalArgumentException("must be distinct: tensor=" + tensor.name());
            }
            offset = end;
        }
        byte[] json = padded(Json.writeBytes(header));
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(8 + json.length + offset))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json);
        for (Tensor tensor : ordered) {
            for (int i = 0; i < tensor.data().size(); i++) {
                file.putFloat(tensor.data().get(i));
            }
        }
        return file.array();
    }

    /** Reads and checks a whole file. */
    public static Contents read(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 8) {
            throw new InvalidArtifactException("must be >= 8 bytes: size=" + bytes.length);
        }
        long headerLength = file.getLong(0);
        if (headerLength < 2 || headerLength > MAXIMUM_HEADER || headerLength > bytes.length - 8L) {
            throw new InvalidArtifactException("must be within the file and <= " + MAXIMUM_HEADER
                    + " bytes: headerLength=" + Long.toUnsignedString(headerLength) + " size=" + bytes.length);
        }
        try {
            Object header = Json.read(Arrays.copyOfRange(bytes, 8, (int) (8 + headerLength)));
            return read(
                    JsonObject.of(header),
                    header,
                    file.position((int) (8 + headerLength)).slice());
        } catch (JsonException e) {
            throw new InvalidArtifactException("must have a readable header: " + e.getMessage(), e);
        }
    }

    private static Contents read(JsonObject header, Object raw, ByteBuffer slice) {
        ByteBuffer data = slice.order(ByteOrder.LITTLE_ENDIAN);
        Map<String, String> metadata = header.map(METADATA, JsonObject::text);
        List<Entry> entries = new ArrayList<>();
        for (Object key : ((Map<?, ?>) raw).keySet()) {
            if (!key.equals(METADATA)) {
                entries.add(entry((String) key, header.object((String) key), data.capacity()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long expected = 0;
        List<Tensor> tensors = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.begin != expected) {
                throw new InvalidArtifactException("must neither overlap nor leave a gap: tensor=" + entry.name
                        + " begin=" + entry.begin + " previousEnd=" + expected);
            }
            expected = entry.end;
            tensors.add(tensor(entry, data));
        }
        if (expected != data.capacity()) {
            throw new InvalidArtifactException(
                    "must end with the last tensor: dataSize=" + data.capacity() + " lastEnd=" + expected);
        }
        return new Contents(metadata, tensors);
    }

    private record Entry(String name, DataType type, List<Integer> shape, int size, long begin, long end) {}

    private enum DataType {
        F32(4),
        F64(8),
        I64(8);

        private final int width;

        DataType(int width) {
            this.width = width;
        }

        private double get(ByteBuffer data, int at) {
            return switch (this) {
                case F32 -> data.getFloat(at);
                case F64 -> data.getDouble(at);
                case I64 -> data.getLong(at);
            };
        }
    }

    private static Entry entry(String name, JsonObject json, int dataSize) {
        DataType type = Arrays.stream(DataType.values())
                .filter(t -> t.name().equals(json.text("dtype")))
                .findFirst()
                .orElseThrow(() -> new InvalidArtifactException(
                        "must be F32, F64 or I64: tensor=" + name + " dtype=" + json.text("dtype")));
        long size = 1;
        List<Integer> shape = new ArrayList<>();
        for (Object extent : json.list("shape")) {
            if (!(extent instanceof Long length) || length < 0 || length > dataSize) {
                throw new InvalidArtifactException("must fit the data: tensor=" + name + " extent=" + extent);
            }
            shape.add(length.intValue());
            size = size * length;
            if (size > dataSize) {
                throw new InvalidArtifactException("must fit the data: tensor=" + name + " values=" + size);
            }
        }
        List<?> offsets = json.list("data_offsets");
        if (offsets.size() != 2 || !(offsets.get(0) instanceof Long begin) || !(offsets.get(1) instanceof Long end)) {
            throw new InvalidArtifactException("must be [begin, end]: tensor=" + name + " data_offsets=" + offsets);
        }
        if (begin < 0 || end < begin || end > dataSize || end - begin != size * type.width) {
            throw new InvalidArtifactException("must lie within the data and fit the shape: tensor=" + name + " shape="
                    + shape + " data_offsets=" + offsets + " dataSize=" + dataSize);
        }
        return new Entry(name, type, shape, (int) size, begin, end);
    }

    private static Tensor tensor(Entry entry, ByteBuffer data) {
        float[] values = new float[entry.size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) entry.type.get(data, (int) entry.begin + i * entry.type.width);
            if (!Float.isFinite(values[i])) {
                throw new InvalidArtifactException(
                        "must be finite: tensor=" + entry.name + " index=" + i + " value=" + values[i]);
            }
        }
        try {
            return new Tensor(entry.name, entry.shape, FloatData.of(values));
        } catch (IllegalArgumentException e) {
            throw new InvalidArtifactException(e.getMessage(), e);
        }
    }

    /** Spaces up to a multiple of 8, so that tensors lie aligned when a file is mapped. */
    private static byte[] padded(byte[] json) {
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, " ".getBytes(StandardCharsets.US_ASCII)[0]);
        return padded;
    }
}
