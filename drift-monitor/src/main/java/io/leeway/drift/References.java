package io.leeway.drift;

import io.leeway.contracts.DriftSettings;
import io.leeway.core.drift.Phase;
import io.leeway.core.drift.PhaseProfile;
import io.leeway.core.drift.Profile;
import io.leeway.core.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Finds what the inputs of a loop are compared with, as its settings say. Not thread safe: keeps phases in the window. */
final class References {
    /** Hours of working days and of weekends, UTC: a rhythm of days and weeks that is learned within a week or two. */
    private static final Phase RHYTHM = Phase.HOUR_AND_WEEKEND;

    /** Share of a window that must be in phases that are known. */
    private static final double COVERED = 0.9;

    private final int windowRows;
    private final String name;

    References(int windowRows, String name) {
        this.windowRows = windowRows;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Where the decision of this number, from 0 on, is kept. */
    int slot(long number) {
        boolean twice = name.equals(DriftSettings.TRAILING) || name.equals(DriftSettings.PHASE);
        return (int) (number % (twice ? 2 * windowRows : windowRows));
    }

    /** @param decisions how many have been kept */
    Reference find(InputWindow window, long modelVersion, String sha256, long decisions) {
        return switch (name) {
            case DriftSettings.MODEL -> model(window, modelVersion, sha256);
            case DriftSettings.TRAILING -> trailing(window, decisions);
            case DriftSettings.PHASE -> samePhase(window, decisions);
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
                .map(dataset -> new Reference(dataset.profile(), "data set " + name))
                .orElseGet(() -> Reference.none("there is no data set " + name));
    }

    private Reference samePhase(InputWindow window, long decisions) {
        Map<Integer, Long> rows = new TreeMap<>();
        for (long n = Math.max(0, decisions - windowRows); n < decisions; n++) {
            window.row(slot(n)).ifPresent(decided -> rows.merge(phase(decided.time()), 1L, Long::sum));
        }
        Map<Integer, Profile> known = new HashMap<>();
        rows.keySet().forEach(place -> window.phase(place).ifPresent(bytes -> known.put(place, read(bytes))));
        PhaseProfile.Like like = new PhaseProfile(RHYTHM, ZoneOffset.UTC, known).like(rows);
        return like.covered() < COVERED
                ? Reference.none("too little is known of these hours of earlier days")
                : new Reference(like.profile(), "the same hours of earlier days");
    }

    /**
     * Adds the rows to their phases that have left the window since the check before, so that a window is never compared with itself.
     *
     * @param left how many have left
     */
    void learn(InputWindow window, long decisions, int left) {
        if (!name.equals(DriftSettings.PHASE)) {
            return;
        }
        Map<Integer, WindowProfile> byPhase = new TreeMap<>();
        long end = decisions - windowRows;
        for (long n = Math.max(0, end - left); n < end; n++) {
            window.row(slot(n))
                    .ifPresent(decided -> byPhase.computeIfAbsent(phase(decided.time()), place -> new WindowProfile())
                            .add(decided));
        }
        byPhase.forEach((place, rows) -> {
            Profile newer = rows.profile();
            Profile all =
                    window.phase(place).map(bytes -> both(read(bytes), newer)).orElse(newer);
            window.keepPhase(place, Json.writeBytes(all.toJson()));
        });
    }

    private static Profile both(Profile older, Profile newer) {
        Map<Integer, Profile> parts = Map.of(0, older, 1, newer);
        return new PhaseProfile(RHYTHM, ZoneOffset.UTC, parts)
                .like(Map.of(0, older.rows(), 1, newer.rows()))
                .profile();
    }

    private static int phase(Instant time) {
        return RHYTHM.of(time, ZoneOffset.UTC);
    }

    private static Profile read(byte[] bytes) {
        return Profile.fromJson(asMap(Json.read(bytes)));
    }

    @SuppressWarnings("unchecked") // A JSON object's names are text.
    private static Map<String, ?> asMap(Object value) {
        return (Map<String, ?>) value;
    }
}
