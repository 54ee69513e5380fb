package io.leeway.simulator.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What the accounts of any traffic have in common, in figures. */
final class Accounts {
    private Accounts() {}

    /** Answered decisions by model version. */
    static Map<Long, Long> versions(Collection<? extends Account> answered) {
        Map<Long, Long> versions = new TreeMap<>();
        answered.forEach(account -> versions.merge(account.modelVersion(), 1L, Long::sum));
        return versions;
    }

    /** From the first question to the last answer. */
    static Duration took(Collection<? extends Account> accounts) {
        Instant first = null;
        Instant last = null;
        for (Account account : accounts) {
            Instant end = account.asked().plusNanos(account.latencyMicros() * 1000);
            first = first == null || account.asked().isBefore(first) ? account.asked() : first;
            last = last == null || end.isAfter(last) ? end : last;
        }
        return first == null ? Duration.ZERO : Duration.between(first, last);
    }
}
