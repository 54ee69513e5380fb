package io.leeway.training.store;

import java.io.Serializable;
import java.util.Objects;

/** Primary key of versions and artifacts; a class, because the persistence API wants a no-argument constructor. */
class VersionKey implements Serializable {
    private static final long serialVersionUID = 1L;

    String loop;
    long version;

    VersionKey() {}

    VersionKey(String loop, long version) {
        this.loop = loop;
        this.version = version;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionKey that && version == that.version && Objects.equals(loop, that.loop);
    }

    @Override
    public int hashCode() {
        return Objects.hash(loop, version);
    }
}
