package io.leeway.training;

import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.ModelVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registered model versions of all loops, and the roles that they hold. Changes need a transaction and the loop's lock. */
public interface Versions {
    /** The number that the next version of a loop gets; numbers are never given twice, not even after a deletion. */
    long nextNumber(String loop);

    /** Stores a version (its {@code roles} are ignored) with the bytes of its artifact. */
    void add(ModelVersion version, byte[] artifact);

    Optional<ModelVersion> find(String loop, long version);

    /** The version that a job made, if it came so far. */
    Optional<ModelVersion> ofJob(String jobId);

    /** Newest first, below {@code before}. */
    List<ModelVersion> page(String loop, int limit, long before);

    long count(String loop);

    Optional<byte[]> artifact(String loop, long version);

    /** Which version holds which role. */
    Map<ModelRole, Long> roles(String loop);

    /** Every champion of a loop in the order of time; null where there was none for a while. */
    List<Long> champions(String loop);

    /** Gives a role to a version, or to none for null, and writes down who had it before. */
    void assign(String loop, ModelRole role, Long version, Attribution by);
}
