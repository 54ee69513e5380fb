package io.leeway.prediction.fast;

import io.leeway.contracts.Json;
import io.leeway.contracts.SlotDecision;
import io.leeway.core.bandit.Policy;
import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.model.ColumnScorer;
import io.leeway.core.model.HashedScorer;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.UncertainScorer;
import io.leeway.prediction.DecisionMeters;
import io.leeway.prediction.ServingComponent;
import java.nio.charset.StandardCharsets;

/**
 * One of the policies that a plain decision asks: champion, challenger or shadow, with the pieces of JSON that it is logged with.
 * Immutable and thread safe.
 */
final class PlainPolicy {
    private final Policy policy;
    private final Scorer scorer;
    private final PlainRequest own;
    private final byte[] version;
    private final byte[] loggedVersion;
    private final byte[] component;
    private final DecisionMeters.OfPolicy meters;

    /** @param ownActions the loop's, as JSON */
    PlainPolicy(ServingComponent served, byte[] ownActions, int mostActions, DecisionMeters.OfPolicy meters) {
        this.policy = served.policy().policy();
        this.scorer = policy.scorer();
        this.own = own(ownActions, encoder(), isHashing(), mostActions);
        this.meters = meters;
        String named = "\"modelVersion\":" + served.policy().modelVersion() + ",\"policy\":"
                + Json.text(served.policy().word());
        this.version = JsonBuffer.piece(named);
        String checkpoint = served.policy().checkpoint();
        this.loggedVersion =
                checkpoint == null ? version : JsonBuffer.piece("\"checkpoint\":\"" + checkpoint + "\"," + named);
        this.component = JsonBuffer.piece(
                "{\"role\":\"" + served.role() + "\"," + named + ",\"weight\":" + Json.text(served.weight())
                        + ",\"slots\":[{\"name\":\"" + SlotDecision.MAIN + "\",\"probabilities\":[");
    }

    /** Whether it can be asked without the general way. */
    static boolean isPlain(ServingComponent served) {
        Policy policy = served.policy().policy();
        // A rule that asks for the model's doubt is asked the general way.
        boolean doubts = policy.scorer() instanceof UncertainScorer
                && policy.exploration().asksForDoubt();
        return policy.scorer() == null
                || policy.scorer() instanceof ColumnScorer
                || policy.scorer() instanceof HashedScorer && !doubts;
    }

    private static PlainRequest own(byte[] actions, FeatureEncoder encoder, boolean hashing, int mostActions) {
        PlainRequest request = new PlainRequest();
        try {
            String body = "{\"actions\":" + new String(actions, StandardCharsets.UTF_8) + "}";
            request.read(body.getBytes(StandardCharsets.UTF_8), encoder, hashing, mostActions);
            return request;
        } catch (NotPlainException e) {
            // None of its own, or with ids that need a closer look.
            return null;
        }
    }

    Policy policy() {
        return policy;
    }

    /** A {@link ColumnScorer}, a {@link HashedScorer}, or null without a model. */
    Scorer scorer() {
        return scorer;
    }

    /** Null without a model that wants columns. */
    FeatureEncoder encoder() {
        return scorer instanceof ColumnScorer columns ? columns.encoder() : null;
    }

    /** Whether the model wants hashed features. */
    boolean isHashing() {
        return scorer instanceof HashedScorer;
    }

    /** The loop's own actions in the columns of this policy's model; null if they are not plain. */
    PlainRequest own() {
        return own;
    }

    /** Version, its checkpoint if there is one, and policy. */
    byte[] loggedVersion() {
        return loggedVersion;
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
