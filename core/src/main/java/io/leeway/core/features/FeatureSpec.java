package io.leeway.core.features;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The feature specification: which inputs of context and action become which columns. It is learned in training, travels
 * inside the model, and serving encodes by it. Immutable.
 *
 * <p>Columns of the joint layout, in this order: context inputs; action inputs, of which the path {@link #ACTION_ID} reads the
 * action's id; with {@code interactions}, for each action column j all products with the context columns i, at
 * {@code contextWidth + actionWidth + j * contextWidth + i}. Without action inputs the context columns are all there is.
 */
public record FeatureSpec(List<Input> context, List<Input> action, boolean interactions) {
    /** Path of the action's id among the action inputs; no feature can have it, see {@link Leaves}. */
    public static final String ACTION_ID = "_id";

    /** Most columns that a specification may have; beyond it a model could not fit into an artifact. */
    public static final int MAXIMUM_WIDTH = 1 << 20;

    public FeatureSpec {
        context = List.copyOf(context);
        action = List.copyOf(action);
        requireDistinct(context, "context");
        requireDistinct(action, "action");
        long contextWidth = widthOf(context);
        long actionWidth = widthOf(action);
        long width = contextWidth + actionWidth + (interactions ? contextWidth * actionWidth : 0);
        if (width > MAXIMUM_WIDTH) {
            throw new IllegalArgumentException("must be <= " + MAXIMUM_WIDTH + ": width=" + width);
        }
    }

    /** Columns that the context fills. */
    public int contextWidth() {
        return (int) widthOf(context);
    }

    /** Columns that an action fills by itself; 0 in a heads layout. */
    public int actionWidth() {
        return (int) widthOf(action);
    }

    /** All columns, interactions included: the input width of the model. */
    public int width() {
        return contextWidth() + actionWidth() + (interactions ? contextWidth() * actionWidth() : 0);
    }

    /** The names of all columns in order. */
    public List<String> columnNames() {
        List<String> contextNames = names(context);
        List<String> actionNames = names(action);
        List<String> all = new ArrayList<>(contextNames);
        actionNames.forEach(name -> all.add("action." + name));
        if (interactions) {
            actionNames.forEach(a -> contextNames.forEach(c -> all.add(c + " x action." + a)));
        }
        return all;
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("context", context.stream().map(Input::toJson).toList());
        json.put("action", action.stream().map(Input::toJson).toList());
        json.put("interactions", interactions);
        return json;
    }

    public static FeatureSpec fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        return new FeatureSpec(
                object.objects("context").stream().map(Input::fromJson).toList(),
                object.objects("action").stream().map(Input::fromJson).toList(),
                object.flag("interactions"));
    }

    /** SHA-256 of the canonical JSON, in lower-case hexadecimal. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Json.writeBytes(toJson())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static long widthOf(List<Input> inputs) {
        long width = 0;
        for (Input input : inputs) {
            width += input.width();
        }
        return width;
    }

    private static List<String> names(List<Input> inputs) {
        return inputs.stream().flatMap(input -> input.columnNames().stream()).toList();
    }

    private static void requireDistinct(List<Input> inputs, String namespace) {
        Set<String> seen = new HashSet<>();
        for (Input input : inputs) {
            if (!seen.add(input.kind() + " " + input.path())) {
                throw new IllegalArgumentException(
                        "must be distinct: " + namespace + " input=" + input.kind() + " " + input.path());
            }
        }
    }
}
