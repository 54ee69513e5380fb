package io.leeway.drift;

import io.leeway.core.drift.Profile;

/**
 * What inputs are compared with.
 *
 * @param profile without rows where there is nothing to compare with (yet)
 * @param words what it is, or why there is none
 */
public record Reference(Profile profile, String words) {
    static Reference none(String why) {
        return new Reference(Profile.EMPTY, why);
    }

    public boolean isEmpty() {
        return profile.rows() == 0;
    }
}
