package io.leeway.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.bandit.Policy;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.features.Action;
import io.leeway.core.model.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QualityTest {
    private static final Thresholds THRESHOLDS = new Thresholds(0.02, 0, 0.1, ErrorBudget.DEFAULT.level(1));
    private static final BanditQuality BANDIT = new BanditQuality(RewardRange.UNIT, THRESHOLDS, List.of(), false);
    private static final RegressionQuality REGRESSION = new RegressionQuality(THRESHOLDS, false);

    private final Policy truth = Rows.policy(Rows.TRUTH);
    private final Policy inverted = Rows.policy(Rows.INVERTED);

    @Test
    void theBudgetOfAllCandidatesTogetherIsNeverExceeded() {
        double spent = 0;
        for (int candidate = 1; candidate <= 100_000; candidate++) {
            spent += ErrorBudget.DEFAULT.level(candidate);
        }
        assertThat(spent).isLessThanOrEqualTo(0.05).isCloseTo(0.05, within(1e-5));
        assertThat(ErrorBudget.DEFAULT.level(2)).isCloseTo(ErrorBudget.DEFAULT.level(1) / 4, within(1e-12));
    }

    @Test
    void aBanditThatHasLearnedPassesWithoutAChampionAndAgainstOneThatHasNot() {
        List<JudgedRow> rows = Rows.logged(300, 0.5);
        Verdict first = BANDIT.judge(rows, truth, Optional.empty(), 0.5);
        assertThat(first.passed()).as(first.reason()).isTrue();
        assertThat(first.reason()).startsWith("better policy");
        assertThat((Double) first.figures().get("differenceLower")).isPositive();
        // Greedy with a floor of 0.1 is worth 0.9 * 0.75 + 0.1 * 0.5 = 0.725, the logging policy 0.5; noise is cut off
        // at the ends.
        assertThat((Double) first.figures().get("difference")).isCloseTo(0.22, within(0.04));
        Verdict second = BANDIT.judge(rows, truth, Optional.of(inverted), 0.5);
        assertThat(second.passed()).as(second.reason()).isTrue();
    }

    @Test
    void aBanditWorseThanTheChampionIsKeptOutWithFigures() {
        Verdict verdict = BANDIT.judge(Rows.logged(300, 0.5), inverted, Optional.of(truth), 0.5);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.reason()).startsWith("worse policy");
        assertThat((Double) verdict.figures().get("differenceUpper")).isNegative();
        assertThat(verdict.figures()).containsEntry("reference", "champion").containsEntry("rows", 300);
    }

    @Test
    void aBanditThatHasLearnedNothingIsKeptOut() {
        Verdict verdict = BANDIT.judge(Rows.logged(300, 0.5), Rows.policy(Rows.CONSTANT), Optional.empty(), 0.5);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.reason()).startsWith("has learned nothing");
    }

    /** Equal policies: few rows prove nothing, many prove that nothing is lost; a canary may try what is not proven. */
    @Test
    void whatIsNotProvenIsKeptOutUnlessLiveRewardsDecide() {
        Verdict few = BANDIT.judge(Rows.logged(300, 0.5), truth, Optional.of(truth), 0.5);
        assertThat(few.passed()).isFalse();
        assertThat(few.reason()).startsWith("not proven");
        Verdict tried = new BanditQuality(RewardRange.UNIT, THRESHOLDS, List.of(), true)
                .judge(Rows.logged(300, 0.5), truth, Optional.of(truth), 0.5);
        assertThat(tried.passed()).isTrue();
        assertThat(tried.reason()).startsWith("open, live rewards decide");
        Verdict many = BANDIT.judge(Rows.logged(4000, 0.5), truth, Optional.of(truth), 0.5);
        assertThat(many.passed()).as(many.reason()).isTrue();
        assertThat(many.reason()).startsWith("not a worse policy");
        BanditQuality wantsGain =
                new BanditQuality(RewardRange.UNIT, new Thresholds(0.02, 0.05, 0.1, 0.03), List.of(), false);
        assertThat(wantsGain
                        .judge(Rows.logged(4000, 0.5), truth, Optional.of(truth), 0.5)
                        .passed())
                .isFalse();
        assertThat(wantsGain
                        .judge(Rows.logged(4000, 0.5), truth, Optional.of(inverted), 0.5)
                        .passed())
                .isTrue();
    }

    @Test
    void withoutOverlapPredictionsAreJudgedInstead() {
        // Nearly all rows took a: those who always want b cannot be evaluated by weighting.
        List<JudgedRow> rows = Rows.logged(400, 0.995);
        Policy onlyB = Rows.policy(Rows.scorer((x, a) -> a == 0 ? x : 2));
        Verdict good = BANDIT.judge(rows, onlyB, Optional.of(Rows.policy(Rows.scorer((x, a) -> 0.5 - 0.001 * a))), 0.5);
        assertThat(good.passed()).as(good.reason()).isTrue();
        assertThat(good.reason()).startsWith("predicts rewards better than the champion");
        Policy worse = Rows.policy(Rows.scorer((x, a) -> a == 0 ? 1 - x : 2));
        assertThat(BANDIT.judge(rows, worse, Optional.of(Rows.policy(Rows.CONSTANT)), 0.5)
                        .passed())
                .isFalse();
    }

    @Test
    void rowsThatTheLoggingPolicyCouldNotHaveTakenOtherwiseAreLeftOut() {
        List<JudgedRow> rows = new ArrayList<>(Rows.logged(100, 0.5));
        rows.addAll(Rows.logged(40, 1));
        Verdict verdict = BANDIT.judge(rows, truth, Optional.empty(), 0.5);
        assertThat(verdict.figures()).containsEntry("rows", 100).containsEntry("unsupportedRows", 40);
        assertThat(BANDIT.judge(Rows.logged(40, 1), truth, Optional.empty(), 0.5)
                        .passed())
                .isFalse();
    }

    /** Better on the whole, but on phones, a quarter of the rows, it takes the worse action. */
    @Test
    void aSeriousLossInOneSegmentKeepsABetterPolicyOut() {
        Scorer neglectsPhones = new Scorer() {
            @Override
            public double[] score(Map<String, ?> context, List<Action> actions) {
                double[] scores = Rows.TRUTH.score(context, actions);
                return "phone".equals(context.get("device")) ? new double[] {scores[1], scores[0]} : scores;
            }

            @Override
            public double predict(Map<String, ?> context) {
                throw new IllegalStateException("must be a bandit's scorer");
            }
        };
        Policy mediocre = Rows.policy(Rows.scorer((x, a) -> a == 0 ? 0.45 : 0.4));
        List<JudgedRow> rows = Rows.logged(3000, 0.5);
        Verdict verdict = BANDIT.judge(rows, Rows.policy(neglectsPhones), Optional.of(mediocre), 0.5);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.reason()).contains("in a segment: device=phone");
        assertThat((Double) verdict.figures().get("differenceLower")).isPositive();
        assertThat(BANDIT.judge(rows, truth, Optional.of(mediocre), 0.5).passed())
                .isTrue();
    }

    @Test
    void aRegressionMustBeatTheMeanAndALinearBaselineAndNotLoseToTheChampion() {
        List<JudgedRow> rows = Rows.observed(600);
        Verdict alone = REGRESSION.judge(rows, Rows.TRUTH, Optional.empty(), Optional.empty(), 0.5);
        assertThat(alone.passed()).as(alone.reason()).isTrue();
        assertThat((Double) alone.figures().get("rmse")).isBetween(0.08, 0.12);
        assertThat(judge(rows, Rows.CONSTANT, Optional.empty()).passed()).isFalse();
        Scorer half = Rows.scorer((x, a) -> 0.5 + 0.5 * (x - 0.5));
        Verdict worse = judge(rows, half, Optional.of(Rows.TRUTH));
        assertThat(worse.passed()).isFalse();
        assertThat(worse.reason()).startsWith("worse than the champion");
        Verdict better = judge(rows, Rows.TRUTH, Optional.of(half));
        assertThat(better.reason()).startsWith("better than the champion");
        assertThat(better.passed()).isTrue();
        Verdict same = judge(Rows.observed(4000), Rows.TRUTH, Optional.of(Rows.TRUTH));
        assertThat(same.reason()).startsWith("not worse than the champion");
        Verdict notLinear =
                REGRESSION.judge(rows, half, Optional.empty(), Optional.of(context -> (Double) context.get("x")), 0.5);
        assertThat(notLinear.passed()).isFalse();
        assertThat(notLinear.reason()).startsWith("predicts worse than a linear baseline");
    }

    /** One absurd value would decide a comparison of means; here it does not. */
    @Test
    void oneOutlierDoesNotDecideARegression() {
        List<JudgedRow> rows = new ArrayList<>(Rows.observed(600));
        rows.add(JudgedRow.regression(Rows.START.plusSeconds(601), Map.of("x", 0.2), 1e4));
        Scorer half = Rows.scorer((x, a) -> 0.5 + 0.5 * (x - 0.5));
        assertThat(judge(rows, Rows.TRUTH, Optional.of(half)).passed()).isTrue();
        assertThat(judge(rows, half, Optional.of(Rows.TRUTH)).passed()).isFalse();
    }

    private static Verdict judge(List<JudgedRow> rows, Scorer candidate, Optional<Scorer> champion) {
        return REGRESSION.judge(rows, candidate, champion, Optional.empty(), 0.5);
    }
}
