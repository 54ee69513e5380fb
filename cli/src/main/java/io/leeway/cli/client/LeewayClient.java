package io.leeway.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Drift;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Reward;
import io.leeway.contracts.rest.DecisionAnswer;
import io.leeway.contracts.rest.DriftStatus;
import io.leeway.contracts.rest.Event;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.contracts.rest.ImportResult;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.contracts.rest.Rebuild;
import io.leeway.contracts.rest.RebuildRequest;
import io.leeway.contracts.rest.Reproduction;
import io.leeway.contracts.rest.Republication;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line asks of the services. Thread safe. Every method throws {@link CallException}. */
public final class LeewayClient {
    private final Addresses addresses;
    private final Http http = new Http();

    public LeewayClient(Addresses addresses) {
        this.addresses = addresses;
    }

    public Addresses addresses() {
        return addresses;
    }

    public Loop putLoop(String name, LoopSettings settings) {
        return http.send("PUT", loop(addresses.training(), name, ""), settings, new TypeReference<>() {});
    }

    public List<Loop> loops() {
        return http.get(addresses.training().resolve("/v1/loops"), new TypeReference<>() {});
    }

    public Optional<Loop> findLoop(String name) {
        return found(() -> http.get(loop(addresses.training(), name, ""), new TypeReference<Loop>() {}));
    }

    /** Whether the predictors know the loop yet; it reaches them through Kafka. */
    public boolean served(String name) {
        return found(() -> http.getBytes(loop(addresses.prediction(), name, "")))
                .isPresent();
    }

    public void deleteLoop(String name, boolean confirmed) {
        String query = confirmed ? "?confirm=" + encode(name) : "";
        http.send("DELETE", loop(addresses.training(), name, query), null);
    }

    public void freeze(String name, Freeze freeze) {
        http.send("PUT", loop(addresses.training(), name, "/freeze"), freeze);
    }

    public void unfreeze(String name) {
        http.send("DELETE", loop(addresses.training(), name, "/freeze"), null);
    }

    public DecisionAnswer decide(String loop, DecisionRequest request) {
        return http.send("POST", loop(addresses.prediction(), loop, "/decisions"), request, new TypeReference<>() {});
    }

    public void reward(String loop, Reward reward) {
        http.send("POST", loop(addresses.prediction(), loop, "/rewards"), reward);
    }

    /** Asks for training; the request's loop and id are made by the service. */
    public Job retrain(String loop, Map<String, Object> request) {
        return http.send("POST", loop(addresses.training(), loop, "/retrain"), request, new TypeReference<>() {});
    }

    public Job job(String jobId) {
        return http.get(addresses.training().resolve("/v1/jobs/" + encode(jobId)), new TypeReference<>() {});
    }

    /** The newest jobs of a loop, newest first. */
    public List<Job> jobs(String loop, int limit) {
        return http.get(
                addresses.training().resolve("/v1/jobs?loop=" + encode(loop) + "&limit=" + limit),
                new TypeReference<>() {});
    }

    public List<ModelVersion> versions(String loop) {
        return http.get(loop(addresses.training(), loop, "/versions"), new TypeReference<>() {});
    }

    public Optional<ModelVersion> version(String loop, long version) {
        return found(() -> http.get(
                loop(addresses.training(), loop, "/versions/" + version), new TypeReference<ModelVersion>() {}));
    }

    public byte[] artifact(String loop, long version) {
        return http.getBytes(loop(addresses.training(), loop, "/versions/" + version + "/artifact"));
    }

    /** The weights that decided: of the version, or of the checkpoint VERSION+FEEDBACKS where one is named; empty if they are not kept. */
    public Optional<byte[]> weights(String loop, long version, String checkpoint) {
        String path = checkpoint == null
                ? "/versions/" + version + "/artifact"
                : "/checkpoints/" + checkpoint.replace('+', '/') + "/artifact";
        return found(() -> http.getBytes(loop(addresses.training(), loop, path)));
    }

    /** Returns when the training is over. */
    public Reproduction reproduce(String loop, long version) {
        return http.sendAndWait(
                loop(addresses.training(), loop, "/versions/" + version + "/reproduction"), new TypeReference<>() {});
    }

    public void promote(String loop, long version, String reason) {
        http.send(
                "PUT",
                loop(addresses.training(), loop, "/roles/champion"),
                Map.of("version", version, "reason", reason));
    }

    public List<Event> events(String eventId) {
        return http.get(addresses.feedback().resolve("/v1/events/" + encode(eventId)), new TypeReference<>() {});
    }

    public FeedbackSummary summary(String loop) {
        return http.get(loop(addresses.feedback(), loop, "/feedback/summary"), new TypeReference<>() {});
    }

    public ImportResult importHistory(String loop, byte[] lines) {
        return http.sendLines(loop(addresses.feedback(), loop, "/imports"), lines, new TypeReference<>() {});
    }

    /** Whether feedback-logger knows the loop yet; it reaches it through Kafka. */
    public boolean logged(String name) {
        return found(() -> http.getBytes(loop(addresses.feedback(), name, "/feedback/summary")))
                .isPresent();
    }

    /** @param from of the decisions, and {@code to}: null for no bound */
    public SnapshotHead makeSnapshot(String loop, Instant from, Instant to) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("from", from);
        query.put("to", to);
        return http.send("POST", loop(addresses.feedback(), loop, "/snapshots"), query, new TypeReference<>() {});
    }

    public Optional<SnapshotHead> snapshot(String loop, String id) {
        return found(() -> http.get(
                loop(addresses.feedback(), loop, "/snapshots/" + encode(id)), new TypeReference<SnapshotHead>() {}));
    }

    /** A snapshot's rows, one feedback on each line; the caller closes it. */
    public InputStream snapshotRows(String loop, String id) {
        return http.stream(loop(addresses.feedback(), loop, "/snapshots/" + encode(id) + "/rows"));
    }

    /** @param remove whether what the topics have and the registry has not is taken away, too */
    public Republication republish(boolean remove) {
        return http.sendAndWait(
                addresses.training().resolve("/v1/republish?remove=" + remove), new TypeReference<>() {});
    }

    public Rebuild rebuild(RebuildRequest request) {
        return http.send(
                "POST", addresses.feedback().resolve("/v1/projection/rebuilds"), request, new TypeReference<>() {});
    }

    public Rebuild findRebuild(String id) {
        return http.get(
                addresses.feedback().resolve("/v1/projection/rebuilds/" + encode(id)), new TypeReference<>() {});
    }

    public DriftStatus driftStatus(String loop) {
        return http.get(loop(addresses.drift(), loop, "/drift"), new TypeReference<>() {});
    }

    /** The newest drift events of a loop, newest first. */
    public List<Drift> driftHistory(String loop, int limit) {
        return http.get(loop(addresses.drift(), loop, "/drift/history?limit=" + limit), new TypeReference<>() {});
    }

    private static URI loop(URI service, String loop, String rest) {
        return service.resolve("/v1/loops/" + encode(loop) + rest);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static <T> Optional<T> found(java.util.function.Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (CallException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
