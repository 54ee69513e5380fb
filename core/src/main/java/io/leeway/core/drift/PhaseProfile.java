package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reference profile per phase of a daily or weekly rhythm. A window is compared with {@link #like a mix} of the phases that it
 * covers, in the window's own shares, so that neither day and night nor working days and weekends are taken for drift. Immutable.
 *
 * @param byPhase profiles of the phases in which anything was seen
 */
public record PhaseProfile(Phase phase, ZoneId zone, Map<Integer, Profile> byPhase) {
    /** Fewer rows tell nothing of a phase. */
    private static final int MINIMUM_ROWS = 20;

    public PhaseProfile {
        byPhase = Map.copyOf(byPhase);
        for (int place : byPhase.keySet()) {
            if (place < 0 || place >= phase.phases()) {
                throw new IllegalArgumentException("must be in [0, " + phase.phases() + "): phase=" + place);
            }
        }
    }

    /**
     * The reference of a window.
     *
     * @param covered share of the window's rows in phases that are known; the others should not be compared
     */
    public record Like(Profile profile, double covered) {}

    /** Whether enough is known of this phase to compare with. */
    public boolean knows(int place) {
        return byPhase.containsKey(place) && byPhase.get(place).rows() >= MINIMUM_ROWS;
    }

    /** @param window rows of the window by phase */
    public Like like(Map<Integer, Long> window) {
        List<ProfileMix.Part> parts = new ArrayList<>();
        double all = 0;
        double covered = 0;
        for (Map.Entry<Integer, Long> entry : new TreeMap<>(window).entrySet()) {
            all += entry.getValue();
            if (entry.getValue() > 0 && knows(entry.getKey())) {
                covered += entry.getValue();
                parts.add(new ProfileMix.Part(byPhase.get(entry.getKey()), entry.getValue()));
            }
        }
        return new Like(parts.isEmpty() ? Profile.EMPTY : ProfileMix.of(parts), all > 0 ? covered / all : 0);
    }

    /** Everything that was seen, in the shares in which it was. */
    public Profile whole() {
        Map<Integer, Long> rows = new TreeMap<>();
        byPhase.forEach((place, profile) -> rows.put(place, profile.rows()));
        return like(rows).profile;
    }

    public Map<String, Object> toJson() {
        Map<String, Object> profiles = new TreeMap<>();
        byPhase.forEach((place, profile) -> profiles.put(Integer.toString(place), profile.toJson()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("phase", phase.name().toLowerCase(Locale.ROOT));
        json.put("zone", zone.getId());
        json.put("byPhase", profiles);
        return json;
    }

    @SuppressWarnings("unchecked") // A JSON object's names are text.
    public static PhaseProfile fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        Map<Integer, Profile> byPhase = new TreeMap<>();
        object.map("byPhase", (profiles, place) -> Profile.fromJson((Map<String, Object>) profiles.value(place)))
                .forEach((place, profile) -> byPhase.put(Integer.parseInt(place), profile));
        return new PhaseProfile(
                Phase.valueOf(object.text("phase").toUpperCase(Locale.ROOT)), ZoneId.of(object.text("zone")), byPhase);
    }
}
