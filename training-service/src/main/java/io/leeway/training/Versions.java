package io.leeway.training;

import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registered model versions of all loops, and the roles that they hold. Changes need a transaction and the loop's lock. */
public interface Versions {
    /** The number that the next version of a loop gets; numbers are never given twice, not even after a deletion. */
    long nextNumber(String loop);

    /** Lets the next version's number be larger than this one. */
    void reserve(String loop, long version);

    /** Stores a version (its {@code roles} are ignored) with the bytes of its artifact. */
    void add(ModelVersion version, byte[] artifact);

    Optional<ModelVersion> find(String loop, long version);

    /** The version that a job made, if it came so far. */
    Optional<ModelVersion> ofJob(String jobId);

    /** Newest first. */
    List<ModelVersion> page(String loop, VersionFilter filter, Page page);

    long count(String loop);

    /** Empty also if retention took it. */
    Optional<byte[]> artifact(String loop, long version);

    /** Notes something of a version, or for null takes the note away. */
    void tag(String loop, long version, String name, String value);

    /** Takes a version's artifact; the version itself stays. */
    void expire(String loop, long version);

    /** Numbers of the versions that were registered before a time and still have their artifact, newest first. */
    List<Long> withArtifacts(String loop, Instant before);

    /** Which version holds which role. */
    Map<ModelRole, Long> roles(String loop);

    /** Every champion of a loop in the order of time; null where there was none for a while. */
    List<Long> champions(String loop);

    /** Gives a role to a version, or to none for null, and writes down who had it before. */
    void assign(String loop, ModelRole role, Long version, Attribution by);
}
