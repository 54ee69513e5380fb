package io.leeway.training.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.kit.Bodies;
import io.leeway.kit.UnknownLoopException;
import io.leeway.training.Loops;
import io.leeway.training.RegistryException;
import io.leeway.training.Rollouts;
import io.leeway.training.TagVersions;
import io.leeway.training.VersionFilter;
import io.leeway.training.Versions;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Model versions of a loop. */
@Path("/v1/loops/{loop}")
public class VersionResource {
    private final Loops loops;
    private final Versions versions;
    private final Rollouts rollouts;
    private final TagVersions tags;

    VersionResource(Loops loops, Versions versions, Rollouts rollouts, TagVersions tags) {
        this.loops = loops;
        this.versions = versions;
        this.rollouts = rollouts;
        this.tags = tags;
    }

    /** Conditions on a list of versions; several of one kind must all hold. */
    public static class Conditions {
        @RestQuery
        @Parameter(description = "a figure and its bound, such as rmse<=5.7; with <, <=, =, >= or >; repeatable")
        List<String> metric;

        @RestQuery
        @Parameter(description = "a tag, or a tag and its value, such as owner=ada; repeatable")
        List<String> tag;

        @RestQuery
        @Parameter(
                description =
                        "a hyperparameter or field of the provenance and its value, such as learner=dl4j; repeatable")
        List<String> parameter;

        @RestQuery
        @Parameter(description = "registered at or after, ISO 8601")
        String since;

        @RestQuery
        @Parameter(description = "registered before, ISO 8601")
        String until;

        VersionFilter filter() {
            return new VersionFilter(
                    each(metric, VersionFilter.Bound::parse),
                    each(tag, text -> VersionFilter.Named.parse("tag", text)),
                    each(parameter, text -> VersionFilter.Named.parse("parameter", text)),
                    VersionFilter.time("since", since),
                    VersionFilter.time("until", until));
        }

        private static <T> List<T> each(List<String> texts, Function<String, T> parse) {
            return texts == null ? List.of() : texts.stream().map(parse).toList();
        }
    }

    /** A note of a version. */
    public record Tag(
            @JsonPropertyDescription("what is noted, at most 2000 characters")
            String value) {
        private static final int LONGEST = 2000;

        public Tag {
            value = value == null ? "" : value;
            if (value.length() > LONGEST) {
                throw new ContractViolation("value", "must have at most " + LONGEST + " characters", value.length());
            }
        }
    }

    @GET
    @Path("versions")
    @Operation(
            summary = "Versions, newest first, that meet every condition; after: the last version of the page before")
    public List<ModelVersion> versions(
            @RestPath String loop, @BeanParam Conditions conditions, @BeanParam PageQuery query) {
        requireLoop(loop);
        return versions.page(loop, conditions.filter(), query.page());
    }

    @PUT
    @Path("versions/{version}/tags/{name}")
    @Operation(summary = "Notes something of a version; the name is 1 to 100 of a-z A-Z 0-9 . _ -")
    public ModelVersion tag(
            @RestPath String loop, @RestPath long version, @RestPath String name, Tag tag, @BeanParam By by) {
        return tags.set(loop, version, name, Bodies.require(tag).value(), by.attribution());
    }

    @DELETE
    @Path("versions/{version}/tags/{name}")
    @Operation(summary = "Takes a note of a version away")
    public ModelVersion untag(@RestPath String loop, @RestPath long version, @RestPath String name, @BeanParam By by) {
        return tags.remove(loop, version, name, by.attribution());
    }

    @GET
    @Path("versions/{version}")
    @Operation(summary = "One version: metrics, gates, provenance, roles")
    public ModelVersion version(@RestPath String loop, @RestPath long version) {
        requireLoop(loop);
        ModelVersion found =
                versions.find(loop, version).orElseThrow(() -> RegistryException.unknownVersion(loop, version));
        return rollouts.ofVersion(loop, version)
                .map(rollout -> found.withGate(rollout.verdict()))
                .orElse(found);
    }

    @GET
    @Path("versions/{version}/artifact")
    @Operation(summary = "The version's safetensors file")
    public Response artifact(@RestPath String loop, @RestPath long version) {
        ModelVersion found = version(loop, version);
        byte[] bytes = versions.artifact(loop, version).orElseThrow(() -> RegistryException.expired(loop, version));
        return Response.ok(bytes, "application/octet-stream")
                .header("Content-Disposition", "attachment; filename=\"" + loop + "-" + version + ".safetensors\"")
                .header("ETag", "\"" + found.sha256() + "\"")
                .build();
    }

    private void requireLoop(String loop) {
        if (loops.find(loop).isEmpty()) {
            throw new UnknownLoopException(loop);
        }
    }
}
