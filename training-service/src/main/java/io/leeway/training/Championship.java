package io.leeway.training;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Who was champion before: a promotion goes on top of those before it, and undoing one takes it off again. Stateless. */
final class Championship {
    private Championship() {}

    /**
     * The champion before the present one, not counting those that were undone.
     *
     * @param history every champion in the order of time; null where there was none for a while
     */
    static OptionalLong before(List<Long> history) {
        List<Long> standing = new ArrayList<>();
        for (Long version : history) {
            if (version == null) {
                standing.clear();
            } else if (standing.contains(version)) {
                // Gone back to: what came after it was undone.
                standing.subList(standing.indexOf(version) + 1, standing.size()).clear();
            } else {
                standing.add(version);
            }
        }
        return standing.size() < 2 ? OptionalLong.empty() : OptionalLong.of(standing.get(standing.size() - 2));
    }
}
