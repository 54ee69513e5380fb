package io.leeway.drift;

import io.leeway.core.drift.Profile;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Data sets by name that inputs can be compared with, as their topic says. Thread safe. */
@Singleton
public class Datasets {
    private final ConcurrentMap<String, Map<String, Profile>> byLoop = new ConcurrentHashMap<>();

    public void put(String loop, String name, Profile profile) {
        byLoop.computeIfAbsent(loop, key -> new ConcurrentHashMap<>()).put(name, profile);
    }

    public void remove(String loop, String name) {
        byLoop.computeIfPresent(loop, (key, known) -> {
            known.remove(name);
            return known.isEmpty() ? null : known;
        });
    }

    public Optional<Profile> find(String loop, String name) {
        return Optional.ofNullable(byLoop.getOrDefault(loop, Map.of()).get(name));
    }

    /** By name. */
    public Map<String, Profile> of(String loop) {
        return new TreeMap<>(byLoop.getOrDefault(loop, Map.of()));
    }
}
