package io.leeway.cli.demo;

import io.leeway.report.Report;
import java.util.List;

/** What a demo came to: the report, and the checks that say whether the loop closed. */
record DemoResult(Report report, List<Check> checks) {
    DemoResult {
        checks = List.copyOf(checks);
        long broken = checks.stream().filter(check -> !check.held()).count();
        report.verdict(
                broken == 0,
                broken == 0
                        ? "The loop closed: all " + checks.size() + " checks hold."
                        : "The loop did not close: " + broken + " of " + checks.size() + " checks do not hold.");
    }

    boolean closed() {
        return checks.stream().allMatch(Check::held);
    }
}
