package io.leeway.drift;

import io.leeway.core.drift.Profile;

/** What the watch must know of the model that serves a loop: its number, its bytes' sha256, what its training data looked like. */
public record ServingModel(long version, String sha256, Profile profile) {
    /** Nothing serves: decisions are uniform. */
    public static final ServingModel NONE = new ServingModel(0, "", Profile.EMPTY);
}
