package io.leeway.cli.client;

/**
 * What an export must know of a snapshot.
 *
 * @param sha256 of its rows as they are streamed, hex
 * @param erased rows that were erased since on request of a person: they are missing, and the hash is another one
 */
public record SnapshotHead(String id, long rows, String sha256, long erased) {}
