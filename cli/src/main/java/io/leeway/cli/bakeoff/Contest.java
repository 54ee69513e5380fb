package io.leeway.cli.bakeoff;

import io.leeway.cli.CommandException;
import io.leeway.core.bakeoff.RewardedStream;
import io.leeway.core.bakeoff.Trial;
import io.leeway.core.bakeoff.TrialResult;
import io.leeway.report.Progress;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs every entrant over every stream of some sets, one after the other. */
final class Contest {
    /** Streams that belong together: one data set in several orders, or one problem drawn several times. */
    interface SetOfStreams {
        String name();

        /** Names of its streams. */
        List<String> streams();

        /** Steps of all its streams together. */
        long steps();

        RewardedStream stream(String name);
    }

    private final List<Entrant> entrants;
    private final long seed;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    Contest(List<Entrant> entrants, long seed) {
        this.entrants = entrants;
        this.seed = seed;
    }

    /** The results by set, in the order of the sets. */
    List<Standing> run(List<? extends SetOfStreams> sets) {
        long total = sets.stream().mapToLong(SetOfStreams::steps).sum() * entrants.size();
        List<Standing> standings = new ArrayList<>();
        try (Progress progress = Progress.of("bakeoff", total)) {
            long done = 0;
            for (SetOfStreams set : sets) {
                Map<String, List<TrialResult>> results = new LinkedHashMap<>();
                for (String name : set.streams()) {
                    RewardedStream stream = set.stream(name);
                    for (Entrant entrant : entrants) {
                        progress.note(set.name() + " " + name + ", " + entrant.label());
                        results.computeIfAbsent(entrant.label(), label -> new ArrayList<>())
                                .add(trial(entrant, stream, set.name() + "/" + name, done, progress));
                        done += stream.steps();
                    }
                }
                standings.add(new Standing(set.name(), set.streams(), results));
            }
            progress.note("");
        }
        return standings;
    }

    private TrialResult trial(Entrant entrant, RewardedStream stream, String where, long done, Progress progress) {
        try {
            // Each stream has draws of its own, the same for every policy.
            return Trial.run(
                    entrant.fresh(),
                    stream,
                    seed * 1_000_003 + Objects.hash(where),
                    threads::getCurrentThreadCpuTime,
                    steps -> progress.to(done + steps));
        } catch (IllegalArgumentException refused) {
            throw new CommandException(where + ", " + entrant.label() + ": " + refused.getMessage(), refused);
        }
    }
}
