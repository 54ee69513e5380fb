package io.leeway.core.bandit.continuous;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.LearnedState;
import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.auto.AutoPolicy;
import io.leeway.core.bandit.auto.AutoRegressor;
import io.leeway.core.bandit.auto.ExpertStanding;
import io.leeway.core.bandit.online.DisjointRidge;
import io.leeway.core.bandit.online.HashedLinear;
import io.leeway.core.bandit.online.LinearOptions;
import io.leeway.core.bandit.online.LinearRegressor;
import io.leeway.core.bandit.online.OnlineRegressor;
import io.leeway.core.bandit.online.OnlineScorer;
import io.leeway.core.bandit.online.RidgeOptions;
import io.leeway.core.bandit.online.RidgeRegressor;
import io.leeway.core.features.Situation;
import io.leeway.core.model.Export;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Makes learners by their names. */
public final class ContinuousLearners {
    /** A linear model of hashed features and their products. */
    public static final String LINEAR = "linear-online";
    /** A Bayesian linear regression per action. */
    public static final String RIDGE = "ridge-online";
    /** A comparison of experts of several kinds. */
    public static final String AUTO = "auto";

    public static final List<String> NAMES = List.of(LINEAR, RIDGE, AUTO);

    private ContinuousLearners() {}

    /** @param regression whether it learns a number that does not depend on an action */
    public static ContinuousLearner of(String name, boolean regression) {
        return of(name, regression, Runnable::run);
    }

    /**
     * @param regression whether it learns a number that does not depend on an action
     * @param beside may do part of the work at the same time; what is learned does not depend on it
     */
    public static ContinuousLearner of(String name, boolean regression, Executor beside) {
        switch (name) {
            case LINEAR -> {
                return regression
                        ? regressing(new LinearRegressor(LinearOptions.defaults()))
                        : scoring(new HashedLinear(LinearOptions.defaults()));
            }
            case RIDGE -> {
                return regression
                        ? regressing(new RidgeRegressor(RidgeOptions.defaults()))
                        : scoring(new DisjointRidge(RidgeOptions.defaults()));
            }
            case AUTO -> {
                if (regression) {
                    AutoRegressor auto = new AutoRegressor(beside);
                    return new Learning(new OneAction(auto), auto, auto::standings);
                }
                AutoPolicy auto = new AutoPolicy(beside);
                return new Learning(auto, auto, auto::standings);
            }
            default -> throw new IllegalArgumentException("must be one of " + NAMES + ": learner=" + name);
        }
    }

    private static <S extends OnlineScorer & LearnedState> ContinuousLearner scoring(S scorer) {
        return new Learning(scorer, scorer, List::of);
    }

    private static <R extends OnlineRegressor & LearnedState> ContinuousLearner regressing(R regressor) {
        return new Learning(new OneAction(regressor), regressor, List::of);
    }

    /** What it predicts does not depend on an action. */
    private record OneAction(OnlineRegressor regressor) implements OnlineScorer {
        @Override
        public void score(Situation situation, double[] scores) {
            scores[0] = regressor.predict(situation.context());
        }

        @Override
        public void learn(Situation situation, Choice choice, double reward) {
            regressor.learn(situation.context(), reward);
        }
    }

    private record Learning(OnlineScorer scorer, LearnedState state, Supplier<List<ExpertStanding>> comparison)
            implements ContinuousLearner {
        @Override
        public double[] score(Situation situation) {
            double[] scores = new double[situation.size()];
            scorer.score(situation, scores);
            return scores;
        }

        @Override
        public double score(Situation situation, int action) {
            return scorer.score(situation, action);
        }

        @Override
        public void learn(Situation situation, Choice choice, double reward) {
            scorer.learn(situation, choice, reward);
        }

        @Override
        public Export export() {
            return state.export();
        }

        @Override
        public void exchange(Memento memento) {
            state.exchange(memento);
        }

        @Override
        public List<ExpertStanding> standings() {
            return comparison.get();
        }
    }
}
