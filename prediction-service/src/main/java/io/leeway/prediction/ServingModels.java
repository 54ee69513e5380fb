package io.leeway.prediction;

import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.UnknownLoopException;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * What serves, loop by loop. Thread safe: a reader gets one immutable {@link ServingLoop}, and every change of a loop or of a
 * model replaces it as a whole.
 */
@Singleton
@Startup
public class ServingModels {
    private final LoopDirectory loops;
    private final CaughtUp caughtUp;
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile boolean open;
    private volatile Consumer<ServingLoop> prepare = serving -> {};

    /** Models may be read before their loop is, and then wait for it here. */
    private record Entry(Optional<ServingLoop> serving, Map<ModelRole, ServingModel> models) {}

    /** One that answers from the first moment on. */
    public ServingModels(LoopDirectory loops) {
        this(loops, () -> true);
    }

    @Inject
    public ServingModels(LoopDirectory loops, CaughtUp caughtUp) {
        this.loops = loops;
        this.caughtUp = caughtUp;
        loops.onChange(change -> refresh(change.name()));
        for (Loop known : loops.all()) {
            refresh(known.name());
        }
    }

    /** What is to be done with a loop that is in use before its next form serves, on the thread that changes it. */
    public void beforeServing(Consumer<ServingLoop> call) {
        prepare = call;
    }

    /**
     * @throws UnknownLoopException if there is no such loop
     * @throws StartingException while it is not known yet what there is
     */
    public ServingLoop get(String loop) {
        if (!open) {
            requireCaughtUp();
        }
        Entry entry = loop == null ? null : entries.get(loop);
        if (entry == null || entry.serving.isEmpty()) {
            throw new UnknownLoopException(loop);
        }
        return entry.serving.get();
    }

    /** Whether anybody has been answered yet. */
    boolean areAsked() {
        return open;
    }

    private void requireCaughtUp() {
        if (!caughtUp.done()) {
            throw new StartingException();
        }
        open = true;
    }

    public Collection<ServingLoop> all() {
        return entries.values().stream()
                .flatMap(entry -> entry.serving.stream())
                .sorted((a, b) -> a.loop().name().compareTo(b.loop().name()))
                .toList();
    }

    /** Gives the model its role; what held it until now holds it no longer. */
    public void put(String loop, ServingModel model) {
        entries.compute(loop, (name, entry) -> {
            EnumMap<ModelRole, ServingModel> models = models(entry);
            models.put(model.role(), model);
            return entry(name, models, entry);
        });
    }

    /** Leaves the role vacant. */
    public void remove(String loop, ModelRole role) {
        entries.computeIfPresent(loop, (name, entry) -> {
            EnumMap<ModelRole, ServingModel> models = models(entry);
            models.remove(role);
            return entry(name, models, entry);
        });
    }

    /** Leaves the role vacant if this version still holds it. */
    void remove(String loop, ModelRole role, long version) {
        entries.computeIfPresent(loop, (name, entry) -> {
            EnumMap<ModelRole, ServingModel> models = models(entry);
            ServingModel held = models.get(role);
            if (held != null && held.version() == version) {
                models.remove(role);
            }
            return entry(name, models, entry);
        });
    }

    private void refresh(String loop) {
        entries.compute(loop, (name, entry) -> entry(name, models(entry), entry));
    }

    /** Reads the directory anew, so that of two changes at once the later one wins; null where nothing is left. */
    private Entry entry(String loop, EnumMap<ModelRole, ServingModel> models, Entry before) {
        Optional<ServingLoop> serving = loops.find(loop).map(known -> ServingLoop.of(known, models));
        boolean busy =
                before != null && before.serving.filter(ServingLoop::hasPlain).isPresent();
        serving.filter(fresh -> busy).ifPresent(prepare);
        return serving.isEmpty() && models.isEmpty() ? null : new Entry(serving, models);
    }

    private static EnumMap<ModelRole, ServingModel> models(Entry entry) {
        EnumMap<ModelRole, ServingModel> models = new EnumMap<>(ModelRole.class);
        if (entry != null) {
            models.putAll(entry.models);
        }
        return models;
    }
}
