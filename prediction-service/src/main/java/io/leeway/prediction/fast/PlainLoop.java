package io.leeway.prediction.fast;

import io.leeway.contracts.Json;
import io.leeway.contracts.LogSettings.ConfirmedBy;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ServingMode;
import io.leeway.prediction.DecisionMeters;
import io.leeway.prediction.ServingComponent;
import io.leeway.prediction.ServingLoop;
import java.util.List;

/**
 * What the fast way needs of a loop as it serves, made once: its policies, and the pieces of JSON that are the same in all of its
 * decisions. Immutable and thread safe.
 */
final class PlainLoop {
    private final ServingLoop serving;
    private final List<PlainPolicy> components;
    private final List<PlainPolicy> shadows;
    private final byte[] ownActions;
    private final byte[] begin;
    private final byte[] revision;

    private PlainLoop(ServingLoop serving, int mostActions, DecisionMeters meters) {
        this.serving = serving;
        Loop loop = serving.loop();
        this.ownActions = Json.bytes(loop.settings().actions());
        this.components = policies(serving.components(), mostActions, meters);
        this.shadows = policies(serving.shadows(), mostActions, meters);
        this.begin = JsonBuffer.piece("{\"loop\":\"" + loop.name() + "\",\"eventId\":\"");
        this.revision = JsonBuffer.piece("\",\"loopRevision\":" + loop.revision() + ",\"kind\":\"bandit\",\"time\":\"");
    }

    /** Null if the loop's decisions are not plain: a freeze, a baseline, a wait for the broker, another kind or scorer. */
    static PlainLoop of(ServingLoop serving, int mostActions, DecisionMeters meters) {
        Loop loop = serving.loop();
        boolean plain = loop.kind() == LoopKind.BANDIT
                && loop.freeze() == null
                && loop.settings().serving().mode() == ServingMode.ONLINE
                && loop.settings().log().confirmedBy() == ConfirmedBy.JOURNAL
                && serving.components().stream().allMatch(PlainPolicy::isPlain)
                && serving.shadows().stream().allMatch(PlainPolicy::isPlain);
        return plain ? new PlainLoop(serving, mostActions, meters) : null;
    }

    private List<PlainPolicy> policies(List<ServingComponent> served, int mostActions, DecisionMeters meters) {
        return served.stream()
                .map(one -> new PlainPolicy(
                        one,
                        ownActions,
                        mostActions,
                        meters.of(name(), one.policy().word())))
                .toList();
    }

    String name() {
        return serving.loop().name();
    }

    ServingLoop serving() {
        return serving;
    }

    /** At least one. */
    List<PlainPolicy> components() {
        return components;
    }

    List<PlainPolicy> shadows() {
        return shadows;
    }

    byte[] ownActions() {
        return ownActions;
    }

    /** From the brace to the event id. */
    byte[] begin() {
        return begin;
    }

    /** From the event id to the time, in the log. */
    byte[] revision() {
        return revision;
    }
}
