package io.leeway.drift;

import io.leeway.contracts.Loop;
import io.leeway.contracts.rest.DriftStatus;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the watches of this instance saw last, for those who ask from outside; at most about a second old. Thread safe. */
@Singleton
public class WatchBoard {
    private final ConcurrentMap<String, View> views = new ConcurrentHashMap<>();

    /**
     * One loop as its watch sees it.
     *
     * @param windowRows decisions in the window of the input tests
     * @param states of each kind of drift: 2 detected, 1 suspected, 0 neither
     */
    public record View(DriftStatus status, Loop loop, String sha256, int windowRows, Map<String, Integer> states) {
        public View {
            states = Map.copyOf(states);
        }
    }

    public void put(View view) {
        views.put(view.loop().name(), view);
    }

    public void remove(String loop) {
        views.remove(loop);
    }

    /** Empty where this instance does not watch the loop, or nothing has come of it yet. */
    public Optional<View> find(String loop) {
        return Optional.ofNullable(views.get(loop));
    }

    public Map<String, View> all() {
        return Map.copyOf(views);
    }
}
