package io.leeway.drift;

import io.leeway.contracts.Freeze;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The models that hold a role, as the models topic says. Thread safe. */
@Singleton
public class ServingModels {
    private final ConcurrentMap<String, Map<ModelRole, ServingModel>> models = new ConcurrentHashMap<>();

    public void put(String loop, ModelRole role, ServingModel model) {
        roles(loop).put(role, model);
    }

    public void remove(String loop, ModelRole role) {
        roles(loop).remove(role);
    }

    /** Whether this version has the role. */
    public boolean holds(String loop, ModelRole role, long version) {
        ServingModel held = models.getOrDefault(loop, Map.of()).get(role);
        return held != null && held.version() == version;
    }

    /** The champion, unless a freeze names another version; one that has not arrived yet leaves the champion serving. */
    public ServingModel serving(Loop loop) {
        Map<ModelRole, ServingModel> held = models.getOrDefault(loop.name(), Map.of());
        ServingModel champion = held.getOrDefault(ModelRole.CHAMPION, ServingModel.NONE);
        Freeze freeze = loop.freeze();
        if (freeze == null || freeze.modelVersion() == null) {
            return champion;
        }
        if (freeze.modelVersion() == 0) {
            return ServingModel.NONE;
        }
        ServingModel pinned = held.get(ModelRole.PINNED);
        return pinned != null && pinned.version() == freeze.modelVersion() ? pinned : champion;
    }

    private Map<ModelRole, ServingModel> roles(String loop) {
        return models.computeIfAbsent(loop, name -> new ConcurrentHashMap<>());
    }
}
