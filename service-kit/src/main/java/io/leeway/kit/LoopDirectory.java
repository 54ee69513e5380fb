package io.leeway.kit;

import io.leeway.contracts.Loop;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The loops as this service knows them: what the compacted loops topic says. Thread safe; a loop is seen whole or not at all. */
@Singleton
public class LoopDirectory {
    private final ConcurrentMap<String, Loop> loops = new ConcurrentHashMap<>();
    private final List<Consumer<LoopChange>> listeners = new CopyOnWriteArrayList<>();

    /** A loop that was made or changed ({@code after} present) or deleted ({@code after} empty). */
    public record LoopChange(String name, Optional<Loop> before, Optional<Loop> after) {}

    /** @throws UnknownLoopException if there is no such loop */
    public Loop get(String name) {
        Loop loop = name == null ? null : loops.get(name);
        if (loop == null) {
            throw new UnknownLoopException(name);
        }
        return loop;
    }

    public Optional<Loop> find(String name) {
        return Optional.ofNullable(loops.get(name));
    }

    public Collection<Loop> all() {
        return List.copyOf(loops.values());
    }

    /** Calls {@code listener} on every change from now on, on the thread that reads the topic. */
    public void onChange(Consumer<LoopChange> listener) {
        listeners.add(listener);
    }

    public void put(Loop loop) {
        Optional<Loop> before = Optional.ofNullable(loops.put(loop.name(), loop));
        tell(new LoopChange(loop.name(), before, Optional.of(loop)));
    }

    public void remove(String name) {
        Optional<Loop> before = Optional.ofNullable(loops.remove(name));
        if (before.isPresent()) {
            tell(new LoopChange(name, before, Optional.empty()));
        }
    }

    private void tell(LoopChange change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
