package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a model's tensors make scores out of columns. */
public sealed interface Layout permits Layout.LinearLayout, Layout.NetworkLayout, HashedLayout {
    /** Tensors {@code weight} [outputs, width] and {@code bias} [outputs]: score = weight x columns + bias. */
    record LinearLayout() implements Layout {
        @Override
        public Map<String, Object> toJson() {
            return Map.of("kind", "linear");
        }
    }

    /**
     * A feed-forward network: tensors {@code layerN.weight} [in, out] row-major and {@code layerN.bias} [out], N from 0; the
     * activation after every layer but the last, whose output is scaled to {@code targetMean + targetStandardDeviation * y}.
     *
     * <p>A network of several members gives as many opinions, which share the hidden layers: the last layer has members x outputs
     * outputs, those of the first member first. Its score is their mean.
     *
     * @param hidden widths of the hidden layers, each at least 1; empty for a single linear layer
     * @param targetStandardDeviation greater than 0
     * <p>A regression's network of one opinion may have outputs for quantiles of the value beside it: they come after it, in the order
     * of their levels, and are scaled alike.
     *
     * @param members in [1, 256]; 1 for one opinion
     * @param quantiles levels, ascending in (0, 1); none or two
     */
    record NetworkLayout(
            List<Integer> hidden,
            Activation activation,
            double targetMean,
            double targetStandardDeviation,
            int members,
            List<Double> quantiles)
            implements Layout {
        public static final int MOST_MEMBERS = 256;

        /** Of one opinion. */
        public NetworkLayout(
                List<Integer> hidden, Activation activation, double targetMean, double targetStandardDeviation) {
            this(hidden, activation, targetMean, targetStandardDeviation, 1);
        }

        /** Without quantiles. */
        public NetworkLayout(
                List<Integer> hidden,
                Activation activation,
                double targetMean,
                double targetStandardDeviation,
                int members) {
            this(hidden, activation, targetMean, targetStandardDeviation, members, List.of());
        }

        public NetworkLayout {
            if (members < 1 || members > MOST_MEMBERS) {
                throw new IllegalArgumentException("must be in [1, " + MOST_MEMBERS + "]: members=" + members);
            }
            quantiles = List.copyOf(quantiles);
            boolean two = quantiles.size() == 2
                    && quantiles.get(0) > 0
                    && quantiles.get(0) < quantiles.get(1)
                    && quantiles.get(1) < 1
                    && members == 1;
            if (!quantiles.isEmpty() && !two) {
                throw new IllegalArgumentException(
                        "must be none, or two ascending in (0, 1) beside one member: quantiles=" + quantiles
                                + " members=" + members);
            }
            hidden = List.copyOf(hidden);
            for (int width : hidden) {
                if (width < 1 || width > 1 << 20) {
                    throw new IllegalArgumentException("must be in [1, 2^20]: hidden=" + width);
                }
            }
            if (!Double.isFinite(targetMean)) {
                throw new IllegalArgumentException("must be finite: targetMean=" + targetMean);
            }
            if (!(targetStandardDeviation > 0 && Double.isFinite(targetStandardDeviation))) {
                throw new IllegalArgumentException("must be > 0: targetStandardDeviation=" + targetStandardDeviation);
            }
        }

        @Override
        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", "network");
            json.put("hidden", hidden);
            json.put("activation", activation.name().toLowerCase(Locale.ROOT));
            json.put("targetMean", targetMean);
            json.put("targetStandardDeviation", targetStandardDeviation);
            if (members > 1) {
                json.put("members", members);
            }
            if (!quantiles.isEmpty()) {
                json.put("quantiles", quantiles);
            }
            return json;
        }
    }

    /** What stands between layers. */
    enum Activation {
        RELU,
        TANH,
        IDENTITY
    }

    Map<String, Object> toJson();

    static Layout fromJson(JsonObject json) {
        return switch (json.text("kind")) {
            case "linear" -> new LinearLayout();
            case "network" -> {
                List<Integer> hidden = json.list("hidden").stream()
                        .map(width -> Math.toIntExact(((Number) width).longValue()))
                        .toList();
                yield new NetworkLayout(
                        hidden,
                        Activation.valueOf(json.text("activation").toUpperCase(Locale.ROOT)),
                        json.number("targetMean"),
                        json.number("targetStandardDeviation"),
                        Math.toIntExact(json.integer("members", 1)),
                        json.has("quantiles")
                                ? Arrays.stream(json.numbers("quantiles"))
                                        .boxed()
                                        .toList()
                                : List.of());
            }
            case "hashed-linear" -> HashedLayout.HashedLinearLayout.fromJson(json);
            case "ridge" -> HashedLayout.RidgeLayout.fromJson(json);
            case "auto" -> AutoLayout.fromJson(json);
            default ->
                throw new IllegalArgumentException(
                        "must be linear, network, hashed-linear, ridge or auto: layout=" + json.text("kind"));
        };
    }
}
