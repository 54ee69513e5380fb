package io.leeway.training;

import io.leeway.contracts.ContractViolation;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions a list shows: those that meet every condition.
 *
 * @param metrics figures within bounds
 * @param tags tags of a name, or of a name and value
 * @param parameters hyperparameters, or other fields of the provenance, of a value
 * @param since registered at or after; null for any time
 * @param until registered before; null for any time
 */
public record VersionFilter(
        List<Bound> metrics, List<Named> tags, List<Named> parameters, Instant since, Instant until) {
    /** All versions. */
    public static final VersionFilter ALL = new VersionFilter(List.of(), List.of(), List.of(), null, null);

    private static final Pattern BOUND = Pattern.compile("\\s*([^<>=\\s]+)\\s*(<=|>=|<|>|=)\\s*(\\S+)\\s*");

    public VersionFilter {
        metrics = List.copyOf(metrics);
        tags = List.copyOf(tags);
        parameters = List.copyOf(parameters);
    }

    /**
     * A figure and what it must be.
     *
     * @param comparison one of &lt; &lt;= = &gt;= &gt;
     */
    public record Bound(String name, String comparison, double value) {
        /** As people write it: {@code rmse<=5.7}. */
        public static Bound parse(String text) {
            Matcher matcher = BOUND.matcher(text);
            if (matcher.matches()) {
                try {
                    double value = Double.parseDouble(matcher.group(3));
                    if (Double.isFinite(value)) {
                        return new Bound(matcher.group(1), matcher.group(2), value);
                    }
                } catch (NumberFormatException e) {
                    // Told below.
                }
            }
            throw new ContractViolation("metric", "must be NAME<=NUMBER, or with <, =, >= or >", text);
        }
    }

    /** A name, and a value if it matters. */
    public record Named(String name, Optional<String> value) {
        /** As people write it: {@code owner} or {@code owner=ada}. */
        public static Named parse(String field, String text) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            if (name.isBlank()) {
                throw new ContractViolation(field, "must be NAME or NAME=VALUE", text);
            }
            return new Named(name, equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1)));
        }
    }

    /** A time as a query parameter has it; null for null. */
    public static Instant time(String field, String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ContractViolation(field, "must be a time in ISO 8601, such as 2026-01-31T12:00:00Z", text);
        }
    }
}
