package io.leeway.prediction.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Json;
import io.leeway.contracts.rest.Problem;
import io.leeway.kit.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Several requests in one call. Each is read and answered by itself, so that a bad one does not fail the rest. */
public record Batch(
        @JsonPropertyDescription("the requests, each as it would be sent alone")
        @Schema(implementation = Object[].class)
        List<JsonNode> items) {

    /** What became of one request. */
    public record Item(
            @JsonPropertyDescription("HTTP status that the request would have had alone")
            int status,

            @JsonPropertyDescription("what it would have been answered; absent if it was refused")
            @Schema(implementation = Object.class)
            Object answer,

            @JsonPropertyDescription("why it was refused; absent if it was not")
            Problem problem) {}

    /** What became of the requests, in their order. */
    public record Answer(
            @JsonPropertyDescription("one for each request, in their order")
            List<Item> items) {}

    /**
     * Begins with each request in turn, then waits for all of them: for the log's word on the last one, and not on each.
     *
     * @param status of a request that is not refused
     * @param begin starts what a request asks for; what it returns waits for the answer
     */
    Answer answer(int mostItems, int status, String path, Function<JsonNode, Supplier<?>> begin) {
        if (items == null || items.isEmpty()) {
            throw new ContractViolation("items", "must have at least one item", items);
        }
        if (items.size() > mostItems) {
            throw new ContractViolation("items", "must be at most " + mostItems, items.size() + " items");
        }
        List<Supplier<Item>> begun = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            begun.add(begin(item, status, path, begin));
        }
        return new Answer(begun.stream().map(Supplier::get).toList());
    }

    private static Supplier<Item> begin(JsonNode item, int status, String path, Function<JsonNode, Supplier<?>> begin) {
        try {
            Supplier<?> begun = begin.apply(item);
            return () -> end(begun, status, path);
        } catch (RuntimeException e) {
            Item refused = refused(e, path);
            return () -> refused;
        }
    }

    private static Item end(Supplier<?> begun, int status, String path) {
        try {
            return new Item(status, begun.get(), null);
        } catch (RuntimeException e) {
            return refused(e, path);
        }
    }

    private static Item refused(RuntimeException e, String path) {
        Problem problem = Problems.of(e, path);
        return new Item(problem.status(), null, problem);
    }

    /** @throws ContractViolation or another refusal if it is not what it should be */
    static <T> T read(JsonNode item, Class<T> type) {
        if (item == null || !item.isObject()) {
            throw new ContractViolation("item", "must be a JSON object", item);
        }
        try {
            return Json.mapper().treeToValue(item, type);
        } catch (JsonProcessingException e) {
            throw Json.unreadable(e);
        }
    }
}
