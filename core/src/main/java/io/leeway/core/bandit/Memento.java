package io.leeway.core.bandit;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A learner's state on its way out or back in, by the same code: each method writes the value it is given and returns it, or reads one
 * and returns that. What does not fit is an {@link IllegalArgumentException}. Not thread-safe.
 */
public final class Memento {
    private final boolean reads;
    private ByteBuffer bytes;

    private Memento(boolean reads, ByteBuffer bytes) {
        this.reads = reads;
        this.bytes = bytes;
    }

    public static Memento writing() {
        return new Memento(false, ByteBuffer.allocate(1 << 12));
    }

    /** @param state owned by this object from now on */
    public static Memento reading(byte[] state) {
        return new Memento(true, ByteBuffer.wrap(state));
    }

    public boolean reads() {
        return reads;
    }

    /** What has been written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Makes sure that there is room for, or are, so many bytes more. */
    private ByteBuffer with(int count) {
        if (reads && bytes.remaining() < count) {
            throw new IllegalArgumentException(
                    "must have " + count + " bytes more: remaining=" + bytes.remaining(),
                    new BufferUnderflowException());
        }
        if (bytes.remaining() < count) {
            int size =
                    Math.max(Math.addExact(bytes.position(), count), (int) Math.min(1L << 30, 2L * bytes.capacity()));
            ByteBuffer larger = ByteBuffer.allocate(size);
            bytes.flip();
            larger.put(bytes);
            bytes = larger;
        }
        return bytes;
    }

    /** A word that must be found again where it was written. */
    public void mark(String word) {
        String found = text(word);
        if (!found.equals(word)) {
            throw new IllegalArgumentException("must be the state of " + word + ": found=" + found);
        }
    }

    public boolean flag(boolean value) {
        return whole(value ? 1 : 0) != 0;
    }

    public int whole(int value) {
        if (reads) {
            return with(Integer.BYTES).getInt();
        }
        with(Integer.BYTES).putInt(value);
        return value;
    }

    public long count(long value) {
        if (reads) {
            return with(Long.BYTES).getLong();
        }
        with(Long.BYTES).putLong(value);
        return value;
    }

    public double number(double value) {
        if (reads) {
            return with(Double.BYTES).getDouble();
        }
        with(Double.BYTES).putDouble(value);
        return value;
    }

    public String text(String value) {
        if (reads) {
            byte[] utf8 = new byte[length(0, 1)];
            bytes.get(utf8);
            return new String(utf8, StandardCharsets.UTF_8);
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        whole(utf8.length);
        with(utf8.length).put(utf8);
        return value;
    }

    /** How many of something follow. */
    public int length(int value) {
        return length(value, 1);
    }

    /** @param size of one in bytes, at least: a length that cannot be is refused before room is made for it */
    private int length(int value, int size) {
        int length = whole(value);
        if (length < 0 || reads && (long) length * size > bytes.remaining()) {
            throw new IllegalArgumentException("must be the length of what follows: length=" + length);
        }
        return length;
    }

    public double[] numbers(double[] values) {
        double[] all = reads ? new double[length(0, Double.BYTES)] : values;
        if (reads) {
            bytes.asDoubleBuffer().get(all);
            bytes.position(bytes.position() + all.length * Double.BYTES);
        } else {
            whole(all.length);
            for (double value : all) {
                number(value);
            }
        }
        return all;
    }

    public float[] floats(float[] values) {
        float[] all = reads ? new float[length(0, Float.BYTES)] : values;
        if (reads) {
            bytes.asFloatBuffer().get(all);
            bytes.position(bytes.position() + all.length * Float.BYTES);
        } else {
            whole(all.length);
            for (float value : all) {
                with(Float.BYTES).putFloat(value);
            }
        }
        return all;
    }

    /** An array of fixed length that is mostly 0, in place. */
    public void sparse(float[] values) {
        if (reads) {
            Arrays.fill(values, 0);
            for (int entries = length(0, Integer.BYTES + Float.BYTES); entries > 0; entries--) {
                int place = bytes.getInt();
                if (place < 0 || place >= values.length) {
                    throw new IllegalArgumentException("must be in [0, " + values.length + "): place=" + place);
                }
                values[place] = bytes.getFloat();
            }
            return;
        }
        int filled = 0;
        for (float value : values) {
            filled += value == 0 ? 0 : 1;
        }
        whole(filled);
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                with(Integer.BYTES + Float.BYTES).putInt(i).putFloat(values[i]);
            }
        }
    }

    public int[] wholes(int[] values) {
        int[] all = reads ? new int[length(0, Integer.BYTES)] : values;
        if (!reads) {
            whole(values.length);
        }
        for (int i = 0; i < all.length; i++) {
            all[i] = whole(all[i]);
        }
        return all;
    }

    public boolean[] flags(boolean[] values) {
        boolean[] all = reads ? new boolean[length(0, Integer.BYTES)] : values;
        if (!reads) {
            whole(values.length);
        }
        for (int i = 0; i < all.length; i++) {
            all[i] = flag(all[i]);
        }
        return all;
    }
}
