package io.leeway.simulator.world;

import java.nio.file.Path;

/** Data that the user has to provide are not there; the message says which files go where. */
public final class MissingDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Path folder;

    public MissingDataException(Path folder, String message, Throwable cause) {
        super(message, cause);
        this.folder = folder;
    }

    public MissingDataException(Path folder, String message) {
        this(folder, message, null);
    }

    /** Where the files are expected. */
    public Path folder() {
        return folder;
    }
}
