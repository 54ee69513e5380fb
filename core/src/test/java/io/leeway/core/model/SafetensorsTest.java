package io.leeway.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.testing.Golden;
import io.leeway.core.testing.SeededRandom;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SeededRandom.class)
class SafetensorsTest {
    private static final List<Tensor> TENSORS = List.of(
            Tensor.of("w", new float[] {1.5f, -2.25f, 3f, 0f, 1e-20f, -1e20f}, 2, 3),
            Tensor.of("b", new float[] {0.1f, -0f}, 2),
            Tensor.of("empty", new float[0], 0, 4),
            Tensor.of("scalar", new float[] {7}));

    @Test
    void readsWhatThePythonLibraryWrote() {
        Safetensors.Contents contents = Safetensors.read(Golden.bytes("tiny.safetensors"));

        assertThat(contents.metadata())
                .containsOnly(Map.entry("origin", "safetensors for Python"), Map.entry("note", "ü \" \\"));
        assertThat(contents.tensors())
                .containsExactlyInAnyOrder(
                        Tensor.of("b", new float[] {1.5f, -2.25f, 3f, 0f, 1e-20f, -1e20f}, 2, 3),
                        Tensor.of("a", new float[] {1f / 3, 2f}, 2),
                        Tensor.of("count", new float[] {7f, -9f}, 2),
                        Tensor.of("empty", new float[0], 0, 4));
    }

    @Test
    void readsBackWhatItWrites() {
        byte[] bytes = Safetensors.write(Map.of("key", "välue \""), TENSORS);
        Safetensors.Contents contents = Safetensors.read(bytes);

        assertThat(contents.metadata()).isEqualTo(Map.of("key", "välue \""));
        assertThat(contents.tensors()).containsExactlyInAnyOrderElementsOf(TENSORS);
        long headerLength =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(headerLength % 8).isZero();
        assertThat(bytes[8]).isEqualTo((byte) '{');
    }

    @Test
    void givesTheSameBytesWhateverTheOrderOfTensors() {
        assertThat(Safetensors.write(Map.of(), List.of(TENSORS.get(1), TENSORS.get(0))))
                .isEqualTo(Safetensors.write(Map.of(), List.of(TENSORS.get(0), TENSORS.get(1))));
    }

    @Test
    void refusesEveryTruncationAndEveryExtension() {
        byte[] bytes = Safetensors.write(Map.of("k", "v"), TENSORS);
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Safetensors.read(truncated)).isInstanceOf(InvalidArtifactException.class);
        }
        assertThatThrownBy(() -> Safetensors.read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageContaining("must end with the last tensor");
    }

    @Test
    void answersEveryBrokenByteWithTensorsOrARefusal(Random random) {
        byte[] bytes = Safetensors.write(Map.of("k", "v"), TENSORS);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = bytes.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                Safetensors.read(broken).tensors().forEach(tensor -> assertThat(
                                tensor.data().toArray())
                        .doesNotContain(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY));
            } catch (InvalidArtifactException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                -1,
                100,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0,
                1,
                1L << 40,
                3_000_000_000L,
                Safetensors.MAXIMUM_HEADER + 1L
            })
    void refusesAbsurdHeaderLengthsWithoutReservingMemory(long length) {
        byte[] bytes = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        assertThatThrownBy(() -> Safetensors.read(bytes))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageContaining("headerLength=" + Long.toUnsignedString(length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967298],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3037000500,3037000500],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9223372036854775807]}}",
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
                "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":7}",
                "[]",
                "{\"__metadata__\":{\"k\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]}}",
                "{\"\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "not json"
            })
    void refusesHeadersThatDoNotFitTheData(String header) {
        assertThatThrownBy(() -> Safetensors.read(file(header, new byte[8])))
                .isInstanceOf(InvalidArtifactException.class);
    }

    @Test
    void acceptsTheHeaderThatTheRefusedOnesVary() {
        assertThat(Safetensors.read(
                                file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new byte[8]))
                        .tensors())
                .containsExactly(Tensor.of("a", new float[] {0, 0}, 2));
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            byte[] data = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(1)
                    .putFloat(value)
                    .array();
            assertThatThrownBy(() -> Safetensors.read(
                            file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", data)))
                    .isInstanceOf(InvalidArtifactException.class)
                    .hasMessage("must be finite: tensor=a index=1 value=" + value);
        }
        byte[] large = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(1e300)
                .array();
        assertThatThrownBy(() -> Safetensors.read(
                        file("{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", large)))
                .hasMessageContaining("must be finite: tensor=a");
        assertThatThrownBy(() -> FloatData.of(1, Float.NaN)).hasMessage("must be finite: values[1]=NaN");
    }

    private static byte[] file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }
}
