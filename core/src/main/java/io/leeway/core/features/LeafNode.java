package io.leeway.core.features;

/**
 * A place in JSON that is read as a stream, and where what stands there goes: keys that begin with an underscore lead nowhere, a text in
 * a list belongs to the list's own node, other items to the child of their index.
 */
public interface LeafNode {
    /** The child of a key given as UTF-8 with its {@link ByteTable#hash}, or null. */
    LeafNode child(byte[] bytes, int from, int length, long hash);

    /** The child of a list's item, or null. */
    LeafNode child(int index);

    /** Where the texts of a list go. */
    LeafNode texts();

    /** Whether {@link #number} wants the number as it was written. */
    boolean readsNumbersAsText();

    /** Whether a text makes a difference here. */
    boolean readsTexts();

    /**
     * @param value finite
     * @param original the same as it was written; null if {@link #readsNumbersAsText} says no
     */
    void number(double value, Number original, float[] columns, int offset);

    /** A text as UTF-8 with its {@link ByteTable#hash}. */
    void text(byte[] bytes, int from, int length, long hash, float[] columns, int offset);

    void flag(boolean value, float[] columns, int offset);
}
