package io.leeway.training;

import io.leeway.contracts.ContractViolation;
import java.util.Optional;

/**
 * One page of a list that is walked from its newest entry on by a key that falls.
 *
 * @param limit most rows, in [1, 1000]
 * @param after key of the last row of the page before; empty for the first page
 */
public record Page(int limit, Optional<String> after) {
    private static final int MOST = 1000;
    /** Sorts after every id. */
    private static final String AFTER_ALL = "~";

    public Page {
        if (limit < 1 || limit > MOST) {
            throw new ContractViolation("limit", "must be in [1, " + MOST + "]", limit);
        }
    }

    /** The first page. */
    public static Page first(int limit) {
        return new Page(limit, Optional.empty());
    }

    /** The key as a number, which every row of the page is below. */
    public long number() {
        try {
            return after.map(Long::parseLong).orElse(Long.MAX_VALUE);
        } catch (NumberFormatException e) {
            throw new ContractViolation("after", "must be a whole number", after.get());
        }
    }

    /** The key as text, which every row of the page is below. */
    public String text() {
        return after.orElse(AFTER_ALL);
    }
}
