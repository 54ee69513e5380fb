package io.leeway.training;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.rest.ModelVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.regex.Pattern;

/** Notes what people want to remember of a version: the one thing about it that may change. Thread safe. */
@ApplicationScoped
public class TagVersions {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final Loops loops;
    private final Versions versions;
    private final AuditLog audit;

    TagVersions(Loops loops, Versions versions, AuditLog audit) {
        this.loops = loops;
        this.versions = versions;
        this.audit = audit;
    }

    /** What the version has noted already changes nothing. */
    @Transactional
    public ModelVersion set(String loop, long version, String name, String value, Attribution by) {
        if (!NAME.matcher(name).matches()) {
            throw new ContractViolation("name", "must be 1 to 100 of a-z A-Z 0-9 . _ -", name);
        }
        if (!value.equals(locked(loop, version).tags().get(name))) {
            versions.tag(loop, version, name, value);
            audit.add(loop, "tagged version " + version + " " + name + "=" + value, by);
        }
        return find(loop, version);
    }

    /** One that is not there changes nothing. */
    @Transactional
    public ModelVersion remove(String loop, long version, String name, Attribution by) {
        if (locked(loop, version).tags().containsKey(name)) {
            versions.tag(loop, version, name, null);
            audit.add(loop, "took tag " + name + " from version " + version, by);
        }
        return find(loop, version);
    }

    private ModelVersion locked(String loop, long version) {
        loops.lock(loop);
        return find(loop, version);
    }

    private ModelVersion find(String loop, long version) {
        return versions.find(loop, version).orElseThrow(() -> RegistryException.unknownVersion(loop, version));
    }
}
