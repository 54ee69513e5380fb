package io.leeway.training;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;

/** The registry refuses a call: it contradicts what is there, or names what is not. */
public final class RegistryException extends ProblemException {
    private RegistryException(ProblemType type, String detail) {
        super(type, detail);
    }

    static RegistryException conflict(String detail) {
        return new RegistryException(ProblemType.CONFLICT, detail);
    }

    static RegistryException notFound(String detail) {
        return new RegistryException(ProblemType.NOT_FOUND, detail);
    }

    /** There is no such version. */
    public static RegistryException unknownVersion(String loop, long version) {
        return notFound("must be a version of loop " + loop + ": version=" + version);
    }

    /** There is the version, but retention took its artifact. */
    public static RegistryException expired(String loop, long version) {
        return notFound("must be a version that still has its artifact, retention took it: loop=" + loop + ", version="
                + version);
    }

    /** There is no such job. */
    public static RegistryException unknownJob(String jobId) {
        return notFound("must be a job that exists: jobId=" + jobId);
    }
}
