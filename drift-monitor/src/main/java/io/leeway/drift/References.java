package io.leeway.drift;

import io.leeway.contracts.DriftSettings;
import io.leeway.core.drift.Profile;

/** Finds what the inputs of a loop are compared with, as its settings say. Not thread safe. */
final class References {
    private final int windowRows;
    private final String name;

    References(int windowRows, String name) {
        this.windowRows = windowRows;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Slots that rows are kept in, in turn. */
    static int slots(DriftSettings settings) {
        return settings.windowRows() * (settings.reference().equals(DriftSettings.TRAILING) ? 2 : 1);
    }

    /** Where the decision of this number, from 0 on, is kept. */
    int slot(long number) {
        return (int) (number % (name.equals(DriftSettings.TRAILING) ? 2 * windowRows : windowRows));
    }

    /** @param decisions how many have been kept */
    Reference find(InputWindow window, long modelVersion, String sha256, long decisions, WindowProfile newest) {
        return switch (name) {
            case DriftSettings.MODEL -> model(window, modelVersion, sha256);
            case DriftSettings.TRAILING -> trailing(window, decisions);
            default -> dataset(window);
        };
    }

    private static Reference model(InputWindow window, long modelVersion, String sha256) {
        if (modelVersion == 0) {
            return Reference.none("no model serves whose training data could be compared with");
        }
        Profile profile = window.reference(modelVersion, sha256);
        return profile.rows() == 0
                ? Reference.none("the model brings no profile of its training data")
                : new Reference(profile, "the training data");
    }

    private Reference trailing(InputWindow window, long decisions) {
        if (decisions < 2L * windowRows) {
            return Reference.none("there is no window before the newest yet");
        }
        WindowProfile before = new WindowProfile();
        for (long n = decisions - 2L * windowRows; n < decisions - windowRows; n++) {
            window.row(slot(n)).ifPresent(before::add);
        }
        return new Reference(before.profile(), "the " + windowRows + " decisions before");
    }

    private Reference dataset(InputWindow window) {
        return window.dataset(name)
                .map(profile -> new Reference(profile, "data set " + name))
                .orElseGet(() -> Reference.none("there is no data set " + name));
    }
}
