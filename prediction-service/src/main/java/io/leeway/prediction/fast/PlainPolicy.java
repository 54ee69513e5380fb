package io.leeway.prediction.fast;

import io.leeway.contracts.Json;
import io.leeway.contracts.SlotDecision;
import io.leeway.core.bandit.Policy;
import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.model.ColumnScorer;
import io.leeway.prediction.DecisionMeters;
import io.leeway.prediction.ServingComponent;
import java.nio.charset.StandardCharsets;

/**
 * One of the policies that a plain decision asks: champion, challenger or shadow, with the pieces of JSON that it is logged with.
 * Immutable and thread safe.
 */
final class PlainPolicy {
    private final Policy policy;
    private final ColumnScorer scorer;
    private final PlainRequest own;
    private final byte[] version;
    private final byte[] component;
    private final DecisionMeters.OfPolicy meters;

    /** @param ownActions the loop's, as JSON */
    PlainPolicy(ServingComponent served, byte[] ownActions, int mostActions, DecisionMeters.OfPolicy meters) {
        this.policy = served.policy().policy();
        this.scorer = (ColumnScorer) policy.scorer();
        this.own = own(ownActions, encoder(), mostActions);
        this.meters = meters;
        String named = "\"modelVersion\":" + served.policy().modelVersion() + ",\"policy\":"
                + Json.text(served.policy().word());
        this.version = JsonBuffer.piece(named);
        this.component = JsonBuffer.piece(
                "{\"role\":\"" + served.role() + "\"," + named + ",\"weight\":" + Json.text(served.weight())
                        + ",\"slots\":[{\"name\":\"" + SlotDecision.MAIN + "\",\"probabilities\":[");
    }

    /** Whether it can be asked without the general way. */
    static boolean isPlain(ServingComponent served) {
        return served.policy().policy().scorer() == null
                || served.policy().policy().scorer() instanceof ColumnScorer;
    }

    private static PlainRequest own(byte[] actions, FeatureEncoder encoder, int mostActions) {
        PlainRequest request = new PlainRequest();
        try {
            String body = "{\"actions\":" + new String(actions, StandardCharsets.UTF_8) + "}";
            request.read(body.getBytes(StandardCharsets.UTF_8), encoder, mostActions);
            return request;
        } catch (NotPlainException e) {
            // None of its own, or with ids that need a closer look.
            return null;
        }
    }

    Policy policy() {
        return policy;
    }

    /** Null without a model. */
    ColumnScorer scorer() {
        return scorer;
    }

    /** Null without a model. */
    FeatureEncoder encoder() {
        return scorer == null ? null : scorer.encoder();
    }

    /** The loop's own actions in the columns of this policy's model; null if they are not plain. */
    PlainRequest own() {
        return own;
    }

    /** Version and policy. */
    byte[] version() {
        return version;
    }

    /** As one of a mixture, or a shadow, up to its probabilities. */
    byte[] component() {
        return component;
    }

    /** Of the decisions for which it was drawn. */
    DecisionMeters.OfPolicy meters() {
        return meters;
    }
}
