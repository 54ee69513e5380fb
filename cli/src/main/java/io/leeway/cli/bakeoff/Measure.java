package io.leeway.cli.bakeoff;

import io.leeway.cli.bakeoff.Standing.Figure;
import io.leeway.core.bakeoff.TrialResult;
import java.util.List;

/** What the policies of a protocol are judged by. */
enum Measure {
    LOSS("loss", "mean loss of a step") {
        @Override
        Figure of(Standing standing, String policy) {
            return standing.loss(policy);
        }
    },
    REGRET("regret", "regret, uniform = 100") {
        @Override
        Figure of(Standing standing, String policy) {
            return standing.figure(policy, TrialResult::relativeRegret);
        }
    };

    private final String heading;
    private final String meaning;

    Measure(String heading, String meaning) {
        this.heading = heading;
        this.meaning = meaning;
    }

    /** A word for the head of a column. */
    String heading() {
        return heading;
    }

    String meaning() {
        return meaning;
    }

    /** The figure on one set. */
    abstract Figure of(Standing standing, String policy);

    /** The mean over the sets, each of the same weight. */
    Figure overSets(List<Standing> standings, String policy) {
        double sum = 0;
        double variance = 0;
        for (Standing standing : standings) {
            Figure figure = of(standing, policy);
            sum += figure.mean();
            variance += figure.standardError() * figure.standardError();
        }
        return new Figure(sum / standings.size(), Math.sqrt(variance) / standings.size());
    }
}
