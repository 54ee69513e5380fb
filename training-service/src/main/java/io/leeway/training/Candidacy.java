package io.leeway.training;

import java.util.List;
import java.util.Objects;

/** Numbers candidates for the error budget that they share: it begins again with the first one of a new drift. Stateless. */
final class Candidacy {
    private Candidacy() {}

    /**
     * The candidate's number since the world last changed, from 1 on. Several candidates of one drift count on: asking again is no new
     * change of the world.
     *
     * @param drift that the candidate was trained because of, or null
     * @param before the same of the versions before it, newest first
     */
    static long number(String drift, List<String> before) {
        String latest = drift != null
                ? drift
                : before.stream().filter(Objects::nonNull).findFirst().orElse(null);
        if (latest == null) {
            return before.size() + 1L;
        }
        // The oldest version of that drift is where the count began; 0 if this is the first.
        return before.lastIndexOf(latest) + 2L;
    }
}
