package io.leeway.feedback;

import io.leeway.contracts.rest.ProjectionHash;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tables beside the live ones, which a rebuild fills and then puts in their place. Belongs to one thread. Throws {@link
 * ProjectionUnavailableException}.
 */
public interface Shadow extends AutoCloseable {
    Projection projection();

    /** The loops that the live tables have something of. */
    List<String> loops();

    /** How far the live tables are: the position of the next record, by partition. */
    List<Position> landed();

    /**
     * Lets nobody land anything, has {@code catchUp} bring these tables exactly as far as the live ones are, puts them in their
     * place, and lets the landing go on. Then compares what was with what is, at that moment.
     */
    Change change(Consumer<List<Position>> catchUp);

    /** Removes what is left over. */
    @Override
    void close();

    /** The change from one to the other. */
    record Change(long pauseMillis, ProjectionHash before, ProjectionHash after) {}

    /** Where shadows come from. */
    interface Source {
        /**
         * Makes empty tables; for one loop, only its rows will be changed.
         *
         * @param loop null for all
         * @throws io.leeway.kit.ProblemException if somebody else is at it
         */
        Shadow begin(String loop);

        /** What the live tables hold now. */
        ProjectionHash hash(String loop);
    }
}
