package io.leeway.feedback;

import io.leeway.contracts.rest.Rebuild;
import io.leeway.contracts.rest.Rebuild.State;
import io.leeway.contracts.rest.RebuildRequest;
import io.leeway.kit.EventIds;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Reads the projection again from Kafka, beside the one that is there, and changes it over. Decisions, the join and the landing go
 * on; only for the change the landing stands still. Thread safe.
 */
@Singleton
public class RebuildProjection {
    private static final Logger LOG = Logger.getLogger(RebuildProjection.class);

    /** The rest is read while nothing lands. */
    private static final long LITTLE = 2_000;

    private static final int ROUNDS = 20;

    private final Shadow.Source shadows;
    private final Replay.Source replays;
    private final EventIds ids;
    private final Clock clock;
    private volatile Rebuild last;

    RebuildProjection(Shadow.Source shadows, Replay.Source replays, EventIds ids, Clock clock) {
        this.shadows = shadows;
        this.replays = replays;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Returns at once.
     *
     * @throws ProblemException if another one runs, or if rows would be lost and that is not asked for
     */
    public synchronized Rebuild start(RebuildRequest request) {
        Shadow shadow = shadows.begin(request.loop());
        try {
            Replay replay = replays.begin(request.loop(), shadow.loops());
            List<String> unseen = replay.unseen();
            if (!unseen.isEmpty() && !request.acceptLoss()) {
                replay.close();
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "would lose rows whose records Kafka no longer has; must be wanted: acceptLoss=false; "
                                + String.join("; ", unseen));
            }
            last = new Rebuild(
                    ids.next(),
                    request.loop(),
                    State.RUNNING,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    null,
                    0,
                    replay.ahead(shadow.landed()),
                    unseen,
                    null,
                    null,
                    null,
                    null);
            Thread thread = new Thread(() -> run(shadow, replay), "rebuild");
            thread.setDaemon(true);
            thread.start();
            return last;
        } catch (RuntimeException e) {
            shadow.close();
            throw e;
        }
    }

    /** The one that runs, or ran last, on this instance. */
    public Optional<Rebuild> find(String id) {
        return Optional.ofNullable(last).filter(rebuild -> rebuild.id().equals(id));
    }

    private void run(Shadow shadow, Replay replay) {
        try {
            Shadow.Change change = change(shadow, replay);
            tell(rebuild -> ended(rebuild, State.DONE, change, null));
            LOG.infof("the projection has been rebuilt from %d records", last.records());
        } catch (RuntimeException e) {
            LOG.errorf(e, "the projection could not be rebuilt; it is as it was");
            tell(rebuild -> ended(rebuild, State.FAILED, null, "must be possible: " + e.getMessage()));
        }
    }

    /** Nothing is held any more when this returns: whoever is told of the end can begin the next one. */
    private Shadow.Change change(Shadow shadow, Replay replay) {
        try (shadow;
                replay) {
            for (int round = 0; round < ROUNDS; round++) {
                List<Position> until = shadow.landed();
                long ahead = replay.ahead(until);
                replay.read(shadow.projection(), until, this::read);
                if (ahead < LITTLE) {
                    break;
                }
            }
            return shadow.change(until -> replay.read(shadow.projection(), until, this::read));
        }
    }

    private void read(long records) {
        tell(rebuild -> new Rebuild(
                rebuild.id(),
                rebuild.loop(),
                rebuild.state(),
                rebuild.startedAt(),
                null,
                rebuild.records() + records,
                Math.max(rebuild.recordsAhead(), rebuild.records() + records),
                rebuild.unseen(),
                null,
                null,
                null,
                null));
    }

    private Rebuild ended(Rebuild rebuild, State state, Shadow.Change change, String reason) {
        return new Rebuild(
                rebuild.id(),
                rebuild.loop(),
                state,
                rebuild.startedAt(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                rebuild.records(),
                rebuild.recordsAhead(),
                rebuild.unseen(),
                change == null ? null : change.pauseMillis(),
                change == null ? null : change.before(),
                change == null ? null : change.after(),
                reason);
    }

    /** Only the thread of the rebuild changes it. */
    private void tell(UnaryOperator<Rebuild> change) {
        last = change.apply(last);
    }
}
