package io.leeway.prediction;

import io.leeway.contracts.ModelRole;

/**
 * A model as it was published, before anything of it has been checked.
 *
 * @param id identity of the publication, the same on every instance that reads it
 */
public final class PublishedModel {
    private final String id;
    private final String loop;
    private final ModelRole role;
    private final long version;
    private final String sha256;
    private final byte[] bytes;

    public PublishedModel(String id, String loop, ModelRole role, long version, String sha256, byte[] bytes) {
        this.id = id;
        this.loop = loop;
        this.role = role;
        this.version = version;
        this.sha256 = sha256;
        this.bytes = bytes;
    }

    public String id() {
        return id;
    }

    public String loop() {
        return loop;
    }

    public ModelRole role() {
        return role;
    }

    public long version() {
        return version;
    }

    public String sha256() {
        return sha256;
    }

    public int sizeBytes() {
        return bytes.length;
    }

    /** Not copied: a model is megabytes, and nobody writes to it. */
    byte[] bytes() {
        return bytes;
    }
}
