package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.regex.Pattern;

/** Where drift events of a loop are posted to; the drift monitor's operator allows hosts and keeps the secrets. */
public record Webhook(
        @JsonPropertyDescription(
                "http or https, a host that the operator allows, no user information; whoever reads the loop sees it")
        String url,

        @JsonPropertyDescription("name of the secret that signs; the operator keeps its value; default: default")
        String secret,

        @JsonPropertyDescription("states that are told; default detected and resolved")
        List<DriftState> states,

        @JsonPropertyDescription("least severity that is told; default medium")
        DriftSeverity minimumSeverity) {

    static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[!-~]{0,1500})?");

    public Webhook {
        if (url == null || !URL.matcher(url).matches()) {
            throw new ContractViolation("url", "must be an http or https address of a named host", url);
        }
        secret = Check.loopName("secret", Check.or(secret, "default"));
        states = states == null || states.isEmpty()
                ? List.of(DriftState.DETECTED, DriftState.RESOLVED)
                : Check.copy("states", states);
        minimumSeverity = Check.or(minimumSeverity, DriftSeverity.MEDIUM);
    }
}
