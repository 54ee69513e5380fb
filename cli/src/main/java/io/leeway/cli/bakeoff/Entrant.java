package io.leeway.cli.bakeoff;

import io.leeway.core.bandit.online.OnlinePolicies;
import io.leeway.core.bandit.online.OnlinePolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A policy as it is asked for on the command line: a name of {@link OnlinePolicies}, then parameters.
 *
 * @param label as it was written, {@code linucb:alpha=0.3:floor=0}
 */
public record Entrant(String label, String policy, Map<String, Double> parameters) {
    public Entrant {
        parameters = Map.copyOf(parameters);
    }

    /** @throws IllegalArgumentException naming the wrong word */
    public static Entrant of(String text) {
        String[] parts = text.strip().split(":");
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            try {
                parameters.put(
                        parts[i].substring(0, Math.max(0, equals)), Double.valueOf(parts[i].substring(equals + 1)));
            } catch (NumberFormatException wrong) {
                equals = -1;
            }
            if (equals < 1) {
                throw new IllegalArgumentException("must be NAME:PARAMETER=NUMBER:...: policy=" + text);
            }
        }
        Entrant entrant = new Entrant(text.strip(), parts[0], parameters);
        entrant.fresh();
        return entrant;
    }

    /** A policy that has learned nothing yet. */
    public OnlinePolicy fresh() {
        return OnlinePolicies.of(policy, parameters);
    }
}
