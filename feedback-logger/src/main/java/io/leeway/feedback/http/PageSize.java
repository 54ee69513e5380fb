package io.leeway.feedback.http;

import io.leeway.contracts.ContractViolation;
import io.leeway.feedback.FeedbackLoggerConfig;
import jakarta.inject.Singleton;

/** How many entries a page has: nothing is asked of the database without a limit. */
@Singleton
class PageSize {
    private final FeedbackLoggerConfig.Pages pages;

    PageSize(FeedbackLoggerConfig config) {
        this.pages = config.pages();
    }

    /** @param limit as asked for; null for the default */
    int of(Integer limit) {
        int rows = limit == null ? pages.defaultLimit() : limit;
        if (rows < 1 || rows > pages.largestLimit()) {
            throw new ContractViolation("limit", "must be in [1, " + pages.largestLimit() + "]", limit);
        }
        return rows;
    }
}
