package io.leeway.training;

import io.leeway.contracts.rest.LearnerStatus;
import io.leeway.core.bandit.auto.ExpertStanding;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told of a continuous learner beside what it has learned. Errors are mean squared errors, each before its feedback was learned. */
final class LearnerFigures {
    private LearnerFigures() {}

    static Map<String, Object> ofCheckpoint(LearningState state, ParentVersion parent) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("feedbacks", state.feedbacks());
        figures.put("meanSquaredError", state.error());
        if (parent.error() != null) {
            putComparison(parent, figures);
        }
        List<LearnerStatus.Member> members = members(state);
        if (!members.isEmpty()) {
            figures.put("members", members);
        }
        return figures;
    }

    static Map<String, Object> ofRevert(LearningState state, ParentVersion parent) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("feedbacks", state.feedbacks());
        putComparison(parent, figures);
        return figures;
    }

    private static void putComparison(ParentVersion parent, Map<String, Object> figures) {
        figures.put("compared", parent.compared());
        figures.put("comparedMeanSquaredError", parent.learnersError());
        figures.put("versionMeanSquaredError", parent.error());
    }

    /** Of a learner that is made of others: the best first. */
    static List<LearnerStatus.Member> members(LearningState state) {
        return state.learner().standings().stream()
                .sorted(Comparator.comparingDouble(ExpertStanding::meanSquaredError))
                .map(standing ->
                        new LearnerStatus.Member(standing.name(), standing.weight(), standing.meanSquaredError()))
                .toList();
    }
}
