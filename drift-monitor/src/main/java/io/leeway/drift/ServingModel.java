package io.leeway.drift;

import io.leeway.core.drift.Profile;
import io.leeway.core.model.Scorer;

/**
 * What the watch must know of the model that serves a loop: its number, its bytes' sha256, what its training data looked like.
 *
 * @param scorer what it says of a context; null where nothing serves, or that is not known
 */
public record ServingModel(long version, String sha256, Profile profile, Scorer scorer) {
    /** Nothing serves: decisions are uniform. */
    public static final ServingModel NONE = new ServingModel(0, "", Profile.EMPTY, null);
}
