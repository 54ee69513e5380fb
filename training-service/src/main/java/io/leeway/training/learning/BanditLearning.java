package io.leeway.training.learning;

import io.leeway.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is special about learning a bandit's rewards: only those of actions that were taken are known, and how little is known of the others
 * is worth telling.
 *
 * @param target {@link #DIRECT} or {@link #DOUBLY_ROBUST}
 * @param posterior {@link #NONE}, {@link #LAST_LAYER} or {@link #ENSEMBLE}
 * @param members draws or members of the posterior, in [2, 256]; of no meaning without one
 */
public record BanditLearning(String target, String posterior, int members) {
    public static final String DIRECT = "direct";
    public static final String DOUBLY_ROBUST = "doublyRobust";
    public static final String NONE = "none";
    public static final String LAST_LAYER = "lastLayer";
    public static final String ENSEMBLE = "ensemble";

    /** The reward of the action that was taken, without a posterior. */
    public static final BanditLearning PLAIN = new BanditLearning(DIRECT, NONE, 32);

    public BanditLearning {
        if (!List.of(DIRECT, DOUBLY_ROBUST).contains(target)) {
            throw new IllegalArgumentException("must be direct or doublyRobust: target=" + target);
        }
        if (!List.of(NONE, LAST_LAYER, ENSEMBLE).contains(posterior)) {
            throw new IllegalArgumentException("must be none, lastLayer or ensemble: posterior=" + posterior);
        }
        if (members < 2 || members > 256) {
            throw new IllegalArgumentException("must be in [2, 256]: members=" + members);
        }
    }

    boolean doublyRobust() {
        return target.equals(DOUBLY_ROBUST);
    }

    /** Last layers that are learned, each from rows of its own. */
    int ensemble() {
        return posterior.equals(ENSEMBLE) ? members : 1;
    }

    /** Last layers that are drawn after learning; 0 for none. */
    int draws() {
        return posterior.equals(LAST_LAYER) ? members : 0;
    }

    BanditLearning withoutPosterior() {
        return new BanditLearning(target, NONE, members);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", target);
        json.put("posterior", posterior);
        json.put("members", members);
        return json;
    }

    static BanditLearning fromJson(JsonObject json) {
        return new BanditLearning(
                json.text("target", DIRECT),
                json.text("posterior", NONE),
                Math.toIntExact(json.integer("members", PLAIN.members())));
    }
}
