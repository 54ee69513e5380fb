package io.leeway.prediction.fast;

import io.leeway.core.bandit.Distribution;
import io.leeway.core.model.ColumnScorer;
import io.leeway.core.model.HashedScorer;

/** What one policy makes of a request: the columns that its model reads, its scores, its distribution. Reused; not thread safe. */
final class Opinion {
    private final PlainRequest request = new PlainRequest();
    private PlainPolicy policy;
    private double[] offeredScores = new double[16];
    private double[] scores;
    private Distribution distribution;

    /** @throws NotPlainException if the general way has to look at the request */
    void read(byte[] body, PlainPolicy asked, int mostActions) {
        policy = asked;
        request.read(body, asked.encoder(), asked.isHashing(), mostActions);
        if (offering() == null) {
            throw new NotPlainException();
        }
    }

    PlainRequest request() {
        return request;
    }

    /** The actions that were offered, by the request or by the loop. */
    PlainRequest offering() {
        return request.actions().isPresent() ? request : policy.own();
    }

    /** By the functions that the general way uses. */
    void decide(Candidates candidates) {
        scores = policy.scorer() == null ? null : score(candidates);
        distribution = policy.policy().distribution(scores, candidates.size());
    }

    private double[] score(Candidates candidates) {
        if (policy.scorer() instanceof ColumnScorer columns) {
            return score(columns, candidates);
        }
        double[] eligible = new double[candidates.size()];
        ((HashedScorer) policy.scorer())
                .scoreRows(
                        request.contextRow(),
                        candidates.eligible(offering().actionRows()),
                        candidates.eligibleTexts(),
                        eligible.length,
                        eligible);
        return eligible;
    }

    private double[] score(ColumnScorer scorer, Candidates candidates) {
        if (offeredScores.length < candidates.offered()) {
            offeredScores = new double[candidates.offered()];
        }
        scorer.scoreColumns(
                request.contextColumns(),
                offering().actionColumns(),
                scorer.readsIds() ? candidates.texts() : null,
                candidates.offered(),
                offeredScores);
        double[] eligible = new double[candidates.size()];
        for (int i = 0; i < eligible.length; i++) {
            eligible[i] = offeredScores[candidates.place(i)];
        }
        return eligible;
    }

    PlainPolicy policy() {
        return policy;
    }

    /** Of the candidates; null without a model. */
    double[] scores() {
        return scores;
    }

    /** Over the candidates. */
    Distribution distribution() {
        return distribution;
    }
}
