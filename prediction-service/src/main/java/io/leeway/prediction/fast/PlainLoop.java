package io.leeway.prediction.fast;

import io.leeway.contracts.Json;
import io.leeway.contracts.LogSettings.ConfirmedBy;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.ServingMode;
import io.leeway.core.bandit.Policy;
import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.model.ColumnScorer;
import io.leeway.core.model.Scorer;
import io.leeway.prediction.DecisionMeters;
import io.leeway.prediction.ServingLoop;
import io.leeway.prediction.ServingModel;
import java.nio.charset.StandardCharsets;

/**
 * What the fast way needs of a loop as it serves, made once: its one policy, its own actions as if a request had named them, and the pieces
 * of JSON that are the same in all of its decisions. Immutable and thread safe.
 */
final class PlainLoop {
    private final ServingLoop serving;
    private final ColumnScorer scorer;
    private final PlainRequest own;
    private final byte[] ownActions;
    private final byte[] begin;
    private final byte[] revision;
    private final byte[] version;
    private final DecisionMeters.OfPolicy meters;

    private PlainLoop(ServingLoop serving, ColumnScorer scorer, int mostActions, DecisionMeters meters) {
        this.serving = serving;
        this.scorer = scorer;
        Loop loop = serving.loop();
        this.ownActions = Json.bytes(loop.settings().actions());
        this.own = own(ownActions, encoder(), mostActions);
        this.begin = JsonBuffer.piece("{\"loop\":\"" + loop.name() + "\",\"eventId\":\"");
        this.revision = JsonBuffer.piece("\",\"loopRevision\":" + loop.revision() + ",\"kind\":\"bandit\",\"time\":\"");
        this.version = JsonBuffer.piece("\"modelVersion\":" + serving.policy().modelVersion() + ",\"policy\":"
                + Json.text(serving.policy().word()));
        this.meters = meters.of(loop.name(), serving.policy().word());
    }

    /** Null if the loop's decisions are not plain: a freeze, a mixture, shadows, a baseline, a wait for the broker, or another kind. */
    static PlainLoop of(ServingLoop serving, int mostActions, DecisionMeters meters) {
        Loop loop = serving.loop();
        Scorer scorer = serving.policy().policy().scorer();
        boolean plain = loop.kind() == LoopKind.BANDIT
                && loop.freeze() == null
                && loop.settings().serving().mode() == ServingMode.ONLINE
                && loop.settings().log().confirmedBy() == ConfirmedBy.JOURNAL
                && !serving.models().containsKey(ModelRole.SHADOW)
                && !hasCanary(serving)
                && (scorer == null || scorer instanceof ColumnScorer);
        return plain ? new PlainLoop(serving, (ColumnScorer) scorer, mostActions, meters) : null;
    }

    private static boolean hasCanary(ServingLoop serving) {
        ServingModel challenger = serving.models().get(ModelRole.CHALLENGER);
        return challenger != null && serving.loop().canaryShare(challenger.version()) > 0;
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

    String name() {
        return serving.loop().name();
    }

    ServingLoop serving() {
        return serving;
    }

    Policy policy() {
        return serving.policy().policy();
    }

    /** Null without a model. */
    ColumnScorer scorer() {
        return scorer;
    }

    /** Null without a model. */
    FeatureEncoder encoder() {
        return scorer == null ? null : scorer.encoder();
    }

    /** The loop's own actions; null if they are not plain. */
    PlainRequest own() {
        return own;
    }

    byte[] ownActions() {
        return ownActions;
    }

    DecisionMeters.OfPolicy meters() {
        return meters;
    }

    /** From the brace to the event id. */
    byte[] begin() {
        return begin;
    }

    /** From the event id to the time, in the log. */
    byte[] revision() {
        return revision;
    }

    /** Version and policy. */
    byte[] version() {
        return version;
    }
}
