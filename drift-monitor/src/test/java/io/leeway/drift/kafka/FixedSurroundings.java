package io.leeway.drift.kafka;

import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.drift.ServingModel;
import io.leeway.drift.ServingModels;
import io.leeway.drift.Surroundings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Loops and models as a test sets them. */
final class FixedSurroundings implements Surroundings {
    private final Map<String, Loop> loops = new ConcurrentHashMap<>();
    private final ServingModels models = new ServingModels();

    @Override
    public void await() {
        // They are there.
    }

    void put(Loop loop) {
        loops.put(loop.name(), loop);
    }

    void remove(String loop) {
        loops.remove(loop);
    }

    void serve(String loop, ServingModel model) {
        models.put(loop, ModelRole.CHAMPION, model);
    }

    @Override
    public Optional<Loop> loop(String name) {
        return Optional.ofNullable(loops.get(name));
    }

    @Override
    public ServingModel serving(Loop loop) {
        return models.serving(loop);
    }
}
