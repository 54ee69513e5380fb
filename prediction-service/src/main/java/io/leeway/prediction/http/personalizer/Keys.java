package io.leeway.prediction.http.personalizer;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import io.leeway.kit.UnknownLoopException;
import io.leeway.prediction.PredictionConfig;
import io.leeway.prediction.ServingLoop;
import io.leeway.prediction.ServingModels;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * The key of a call selects its loop, as it once selected a resource. Where no keys are set, a loop's name is its key. Thread
 * safe.
 */
@Singleton
final class Keys {
    static final String HEADER = "Ocp-Apim-Subscription-Key";

    private final Map<String, String> loopsByKey;
    private final ServingModels models;

    Keys(PredictionConfig config, ServingModels models) {
        this.loopsByKey = Map.copyOf(config.personalizer().keys());
        this.models = models;
    }

    /** @throws ProblemException 401 if the key is missing or nobody's; it is not repeated, being a secret */
    String loop(String key) {
        String loop = key == null ? null : loopsByKey.isEmpty() ? key : loopOf(key);
        if (loop == null) {
            throw denied();
        }
        try {
            ServingLoop serving = models.get(loop);
            return serving.loop().name();
        } catch (UnknownLoopException e) {
            throw denied();
        }
    }

    /** Compares with every key, so that the time taken says nothing about them. */
    private String loopOf(String key) {
        byte[] given = key.getBytes(StandardCharsets.UTF_8);
        String found = null;
        for (Map.Entry<String, String> entry : loopsByKey.entrySet()) {
            if (MessageDigest.isEqual(entry.getKey().getBytes(StandardCharsets.UTF_8), given)) {
                found = entry.getValue();
            }
        }
        return found;
    }

    private static ProblemException denied() {
        return new ProblemException(
                ProblemType.UNAUTHORIZED, "Access denied: " + HEADER + " must be given and be the key of a loop");
    }
}
