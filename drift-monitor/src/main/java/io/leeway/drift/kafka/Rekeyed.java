package io.leeway.drift.kafka;

/**
 * What became of an incoming record.
 *
 * @param value the event for the watch, or the record's own value where it is unusable
 */
@SuppressWarnings("ArrayRecordComponent") // Passes through; is never compared.
record Rekeyed(byte[] value, boolean unusable) {}
