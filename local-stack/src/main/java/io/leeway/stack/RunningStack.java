package io.leeway.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A stack that another process supervises, found through the file it keeps in its home. Not thread safe. */
public final class RunningStack {
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(120);
    private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(10);

    private final Path stateFile;
    private final StackState state;

    private RunningStack(Path stateFile, StackState state) {
        this.stateFile = stateFile;
        this.state = state;
    }

    /**
     * The stack that runs on {@code home}. One whose supervisor has died is not running: what it left is ended and its
     * file removed.
     */
    public static Optional<RunningStack> find(Path home) {
        Path stateFile = home.toAbsolutePath().normalize().resolve("stack.json");
        Optional<StackState> state = StackState.read(stateFile);
        if (state.isEmpty()) {
            return Optional.empty();
        }
        if (!state.get().supervisor().alive()) {
            clear(stateFile, state.get());
            return Optional.empty();
        }
        return Optional.of(new RunningStack(stateFile, state.get()));
    }

    public StackState state() {
        return state;
    }

    /** The parts as they are now. */
    public List<PartState> parts() {
        return StackState.read(stateFile).orElse(state).parts().stream()
                .map(PartState::seenFromOutside)
                .toList();
    }

    /** Where a part's log is; the name is one of the parts' or {@code prediction-service} and the like. */
    public Optional<Path> logFile(String name) {
        return state.parts().stream()
                .filter(part -> part.name().equals(name))
                .map(part -> Path.of(part.logFile()))
                .findFirst();
    }

    /** Asks the supervisor to stop everything in order, waits for it, and clears up after it if it had to be killed. */
    public void stop() {
        state.supervisor().stop(Signal.TERM, STOP_DEADLINE);
        StackState.read(stateFile).ifPresent(left -> clear(stateFile, left));
    }

    private static void clear(Path stateFile, StackState state) {
        List<PartState> lastFirst = new ArrayList<>(state.parts());
        Collections.reverse(lastFirst);
        for (PartState part : lastFirst) {
            if (part.process() != null) {
                part.process().stop(part.stopSignal(), LEFTOVER_GRACE);
            }
        }
        try {
            Files.deleteIfExists(stateFile);
        } catch (IOException e) {
            throw new StackException("must be removable: " + stateFile, e);
        }
    }
}
