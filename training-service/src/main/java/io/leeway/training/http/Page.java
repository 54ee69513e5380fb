package io.leeway.training.http;

import io.leeway.contracts.ContractViolation;

/** How many rows a page may have. */
final class Page {
    private static final int MOST = 1000;

    private Page() {}

    static int limit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ContractViolation("limit", "must be in [1, " + MOST + "]", limit);
        }
        return limit;
    }
}
