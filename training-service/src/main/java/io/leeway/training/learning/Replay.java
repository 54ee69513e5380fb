package io.leeway.training.learning;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.continuous.ContinuousLearner;
import io.leeway.core.bandit.continuous.ContinuousLearners;
import io.leeway.core.features.Action;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.Situation;
import io.leeway.core.model.Export;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learns from rows one by one in their order, as an online learner does: what a candidate of such a learner is, and how the
 * learner is gated. Not thread safe.
 */
public final class Replay {
    private static final List<String> VALUE = List.of("value");

    private final HashedEncoder encoder = new HashedEncoder();
    private final ContinuousLearner learner;

    private Replay(ContinuousLearner learner) {
        this.learner = learner;
    }

    public static Replay of(ContinuousLearner learner) {
        return new Replay(learner);
    }

    /** Whether the learner of this name learns on from feedback to feedback. */
    public static boolean isOnline(String learner) {
        return ContinuousLearners.NAMES.contains(learner);
    }

    /** Learns from the first rows of a source. */
    static Replay of(String learner, boolean regression, RowSource rows, int end) {
        Replay replay = new Replay(ContinuousLearners.of(learner, regression));
        rows.read(0, end, (row, i) -> replay.learn(row));
        return replay;
    }

    public Situation situation(TrainingRow row) {
        return row.chosen() < 0
                ? Situation.of(encoder.encode(row.context()), VALUE)
                : encoder.encode(row.context(), row.actions());
    }

    public void learn(TrainingRow row) {
        learn(situation(row), row);
    }

    /** @param situation of the row */
    public void learn(Situation situation, TrainingRow row) {
        learner.learn(situation, new Choice(Math.max(0, row.chosen()), row.probability()), row.reward());
    }

    /** The learner's own scores of a row as a gate asks for them: by head, by eligible action, or the one prediction. */
    public List<Double> scores(TrainingRow row, List<String> heads) {
        if (row.chosen() < 0 || heads.isEmpty()) {
            return boxed(learner.score(situation(row)));
        }
        return boxed(learner.score(
                encoder.encode(row.context(), heads.stream().map(Action::of).toList())));
    }

    private static List<Double> boxed(double[] scores) {
        List<Double> boxed = new ArrayList<>(scores.length);
        IntStream.range(0, scores.length).forEach(i -> boxed.add(scores[i]));
        return boxed;
    }

    /** What has been learned, as a fit without epochs. */
    Fit fit(int rows, double seconds) {
        Export export = learner.export();
        return new Fit(
                export.layout(),
                export.tensors(),
                columns -> {
                    throw new IllegalStateException("must be asked for rows, not for columns");
                },
                List.of(),
                1,
                1,
                rows,
                seconds,
                false);
    }
}
