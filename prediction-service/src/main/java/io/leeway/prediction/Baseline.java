package io.leeway.prediction;

/** The bare cost of the record that a decision leaves: sends it once. For load benchmarks. */
public interface Baseline {
    void send(byte[] value);
}
