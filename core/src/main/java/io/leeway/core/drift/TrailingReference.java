package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reference that follows the stream: the profiles of the last so many parts (days, or windows) of it, but for the newest few, with
 * which they are compared. What came slowly is then normal; only what is new against the last parts is found. Not thread-safe.
 */
public final class TrailingReference {
    private final int parts;
    private final int gap;
    private final Deque<Profile> kept = new ArrayDeque<>();

    /**
     * @param parts that make up the reference, at least 1
     * @param gap newest parts that are left out of it, not negative
     */
    public TrailingReference(int parts, int gap) {
        if (parts < 1 || gap < 0) {
            throw new IllegalArgumentException("must be >= 1 with a gap >= 0: parts=" + parts + " gap=" + gap);
        }
        this.parts = parts;
        this.gap = gap;
    }

    /** Takes in the profile of a part of the stream that is over. */
    public void add(Profile part) {
        kept.addLast(part);
        if (kept.size() > parts + gap) {
            kept.removeFirst();
        }
    }

    /** Whether as many parts were seen as the reference is to have. */
    public boolean full() {
        return kept.size() == parts + gap;
    }

    /** The parts merged, each by its rows; empty before there is one. */
    public Profile profile() {
        List<ProfileMix.Part> merged = new ArrayList<>();
        int left = Math.max(0, kept.size() - gap);
        for (Profile part : kept) {
            if (left-- > 0 && part.rows() > 0) {
                merged.add(new ProfileMix.Part(part, part.rows()));
            }
        }
        return merged.isEmpty() ? Profile.EMPTY : ProfileMix.of(merged);
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("parts", (long) parts);
        json.put("gap", (long) gap);
        json.put("kept", kept.stream().map(Profile::toJson).toList());
        return json;
    }

    @SuppressWarnings("unchecked") // A JSON object's names are text.
    public static TrailingReference fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        TrailingReference restored = new TrailingReference((int) object.integer("parts"), (int) object.integer("gap"));
        for (Object part : object.list("kept")) {
            restored.kept.addLast(Profile.fromJson((Map<String, Object>) part));
        }
        return restored;
    }
}
