package io.leeway.stack;

import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a running stack tells other terminals, in {@code stack.json} of its home.
 *
 * @param parts in the order of their start
 */
public record StackState(
        ProcessIdentity supervisor, Instant startedAt, String bootstrapServers, String jdbcUrl, List<PartState> parts) {
    public StackState {
        parts = List.copyOf(parts);
    }

    /** Replaces the file in one step, so that a reader never sees half of it. */
    void write(Path file) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, Json.text(this));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("must be writable: " + file, e);
        }
    }

    static Optional<StackState> read(Path file) {
        try {
            return Optional.of(Json.read(Files.readString(file), StackState.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | UnreadableJsonException e) {
            throw new StackException("must be readable, or be removed while no stack runs: " + file, e);
        }
    }
}
