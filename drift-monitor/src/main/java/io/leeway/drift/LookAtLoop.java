package io.leeway.drift;

import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.Loop;
import io.leeway.contracts.rest.DriftCheck;
import io.leeway.contracts.rest.DriftStatus;
import io.leeway.contracts.rest.InputDetail;
import io.leeway.contracts.rest.InputTest;
import io.leeway.core.drift.InputProfile;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.TableDrift;
import io.leeway.core.drift.TableDrift.InputDrift;
import io.leeway.drift.LoopWatch.HandCheck;
import io.leeway.drift.WatchBoard.View;
import io.leeway.drift.WatchEvent.CheckAsked;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Looks at a loop when somebody asks: its status, its inputs, or a check of them now. */
@Singleton
public class LookAtLoop {
    /** Fewer rows say nothing. */
    static final int FEWEST_ROWS = 50;

    private final LoopDirectory loops;
    private final Surroundings surroundings;
    private final WatchBoard board;
    private final LocalWatches watches;
    private final Asks asks;
    private final Clock clock;

    LookAtLoop(
            LoopDirectory loops,
            Surroundings surroundings,
            WatchBoard board,
            LocalWatches watches,
            Asks asks,
            Clock clock) {
        this.loops = loops;
        this.surroundings = surroundings;
        this.board = board;
        this.watches = watches;
        this.asks = asks;
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

    /** A comparison that changes nothing and raises no event. */
    public DriftCheck compare(String name) {
        Loop loop = requireRows(name);
        return asks.look(name, (watch, window, now) -> {
            Compared compared = Compared.of(watch, window, loop.settings().drift());
            InputCheck check = compared.check();
            return answer(loop, watch.modelVersion(), check, null, null);
        });
    }

    /**
     * A check that counts: it raises the events that one by itself would raise.
     *
     * @param retrain whether training is wanted if inputs moved, by the loop's policy
     */
    public DriftCheck check(String name, boolean retrain) {
        Loop loop = requireRows(name);
        return asks.after(name, new CheckAsked(retrain), (watch, window, now) -> {
            HandCheck hand = watch.lastHandCheck().orElseThrow();
            InputCheck seen = hand.seen().orElseThrow(() -> nothing(hand.sentence()));
            return answer(loop, watch.modelVersion(), seen, hand.requestId(), hand.notRetrained());
        });
    }

    /** One input as it was and as it is. */
    public InputDetail input(String name, String path) {
        Loop loop = requireRows(name);
        DriftSettings settings = loop.settings().drift();
        return asks.look(name, (watch, window, now) -> {
            Compared compared = Compared.of(watch, window, settings);
            Profile before = compared.reference().profile();
            Profile after = compared.current();
            if (!before.inputs().containsKey(path) && !after.inputs().containsKey(path)) {
                throw new ProblemException(ProblemType.NOT_FOUND, "must be an input of the loop: input=" + path);
            }
            return new InputDetail(
                    name,
                    path,
                    watch.modelVersion(),
                    compared.reference().words(),
                    compared.tests().inputs().stream()
                            .filter(test -> test.input().equals(path))
                            .map(LookAtLoop::test)
                            .toList(),
                    compared.check().moved().stream()
                            .filter(moved -> moved.input().equals(path))
                            .map(moved -> moved.description())
                            .reduce((a, b) -> a + "; " + b)
                            .orElse(null),
                    Distributions.of(InputCheck.of(before, path)),
                    Distributions.of(InputCheck.of(after, path)));
        });
    }

    private static InputTest test(InputDrift test) {
        return new InputTest(
                test.test().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                test.statistic(),
                test.pValue(),
                test.adjustedPValue(),
                test.effect(),
                test.drifted());
    }

    /**
     * The newest decisions of a watch beside their reference.
     *
     * @param current the inputs of the newest decisions
     */
    record Compared(Reference reference, Profile current, InputCheck check, TableDrift.Report tests) {
        /** @throws ProblemException where there is nothing to compare with */
        static Compared of(LoopWatch watch, InputWindow window, DriftSettings settings) {
            InputWatch inputs = watch.watch().inputs();
            WindowProfile newest = inputs.rows(window).newest();
            Reference reference = inputs.reference(window, watch.modelVersion(), watch.sha256());
            if (reference.isEmpty()) {
                throw nothing(reference.words());
            }
            Profile current = newest.profile();
            double level = inputs.level(settings);
            return new Compared(
                    reference,
                    current,
                    inputs.ranked(
                            InputCheck.run(reference, current, newest.window(), level, settings.minimumEffect()),
                            reference,
                            window,
                            window.scores(
                                    watch.modelVersion(),
                                    watch.sha256(),
                                    watch.watch().actionsSeen())),
                    TableDrift.compare(reference.profile(), current, level / 2, settings.minimumEffect()));
        }

        InputProfile before(String path) {
            return InputCheck.of(reference.profile(), path);
        }

        InputProfile after(String path) {
            return InputCheck.of(current, path);
        }
    }

    private static ProblemException nothing(String why) {
        return new ProblemException(ProblemType.CONFLICT, "must have something to compare with: " + why);
    }

    /** @throws ProblemException if another instance watches the loop, or nobody because nothing has come of it */
    void requireHere(String name) {
        if (board.find(name).isEmpty()) {
            watches.requireHere(name);
            throw new ProblemException(ProblemType.CONFLICT, "must have decisions: loop=" + name);
        }
    }

    /** @throws ProblemException if the window has too few rows */
    private Loop requireRows(String name) {
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
        return loop;
    }

    private DriftCheck answer(Loop loop, long version, InputCheck check, String requestId, String notRetrained) {
        return new DriftCheck(
                loop.name(),
                clock.instant(),
                version,
                (int) check.window().rows(),
                check.window().from(),
                check.inputs(),
                check.leftOut(),
                check.drifted(),
                check.smallestPValue(),
                check.moved(),
                check.sentence(),
                check.checks(),
                check.reference(),
                requestId,
                notRetrained);
    }
}
