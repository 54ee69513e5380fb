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
    private final Long checkpoint;

    public PublishedModel(String id, String loop, ModelRole role, long version, String sha256, byte[] bytes) {
        this(id, loop, role, version, null, sha256, bytes);
    }

    /** @param checkpoint how many feedbacks the version's continuous learner had learned; null for the version itself */
    public PublishedModel(
            String id, String loop, ModelRole role, long version, Long checkpoint, String sha256, byte[] bytes) {
        this.checkpoint = checkpoint;
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

    /** As decisions name it, VERSION+FEEDBACKS; null for the version itself. */
    public String checkpoint() {
        return checkpoint == null ? null : version + "+" + checkpoint;
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
