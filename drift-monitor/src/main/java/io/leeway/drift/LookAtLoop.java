package io.leeway.drift;

import io.leeway.contracts.Loop;
import io.leeway.contracts.rest.DriftCheck;
import io.leeway.contracts.rest.DriftStatus;
import io.leeway.core.drift.Profile;
import io.leeway.drift.WatchBoard.View;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at a loop when somebody asks: its status, or a check of its inputs now. Changes nothing and raises no event. */
@Singleton
public class LookAtLoop {
    /** Fewer rows say nothing. */
    static final int FEWEST_ROWS = 50;

    private final LoopDirectory loops;
    private final Surroundings surroundings;
    private final WatchBoard board;
    private final LocalWatches watches;
    private final Clock clock;

    LookAtLoop(LoopDirectory loops, Surroundings surroundings, WatchBoard board, LocalWatches watches, Clock clock) {
        this.loops = loops;
        this.surroundings = surroundings;
        this.board = board;
        this.watches = watches;
        this.clock = clock;
    }

    /** A loop of which nothing has come yet is all zeros. */
    public DriftStatus status(String name) {
        Loop loop = loops.get(name);
        Optional<View> view = board.find(name);
        if (view.isPresent()) {
            return view.get().status();
        }
        watches.requireHere(name);
        long version = surroundings.serving(loop).version();
        return new DriftStatus(name, version, 0, 0, List.of(), 0, null, Map.of());
    }

    /** @throws ProblemException if the window has too few rows or the model brings no profile */
    public DriftCheck check(String name) {
        Loop loop = loops.get(name);
        View view = board.find(name).orElse(null);
        if (view == null) {
            watches.requireHere(name);
        }
        int rows = view == null ? 0 : view.windowRows();
        if (rows < FEWEST_ROWS) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "must have at least " + FEWEST_ROWS + " decisions of the model that serves: decisions=" + rows);
        }
        InputWindow window = watches.window(name);
        long version = view.status().modelVersion();
        Profile reference = window.reference(version, view.sha256());
        if (reference.rows() == 0) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "must bring a profile of its training data: modelVersion=" + version);
        }
        List<Decided> newest = window.rows(rows);
        InputCheck check = InputCheck.run(reference, newest, loop.settings().drift());
        return new DriftCheck(
                name,
                clock.instant(),
                version,
                check.rows(),
                check.since(),
                check.inputs(),
                check.leftOut(),
                check.drifted(),
                check.smallestPValue(),
                check.moved(),
                check.sentence(),
                check.checks(),
                "the training data of model version " + version,
                null,
                null);
    }
}
