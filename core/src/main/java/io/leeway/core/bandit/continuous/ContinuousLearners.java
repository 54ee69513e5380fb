package io.leeway.core.bandit.continuous;

import io.leeway.core.bandit.Choice;
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
import java.util.function.Consumer;
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
        switch (name) {
            case LINEAR -> {
                if (regression) {
                    LinearRegressor linear = new LinearRegressor(LinearOptions.defaults());
                    return new Regressing(linear, linear::export, linear::exchange, List::of);
                }
                HashedLinear linear = new HashedLinear(LinearOptions.defaults());
                return new Scoring(linear, linear::export, linear::exchange);
            }
            case RIDGE -> {
                if (regression) {
                    RidgeRegressor ridge = new RidgeRegressor(RidgeOptions.defaults());
                    return new Regressing(ridge, ridge::export, ridge::exchange, List::of);
                }
                DisjointRidge ridge = new DisjointRidge(RidgeOptions.defaults());
                return new Scoring(ridge, ridge::export, ridge::exchange);
            }
            case AUTO -> {
                if (regression) {
                    AutoRegressor auto = new AutoRegressor();
                    return new Regressing(auto, auto::export, auto::exchange, auto::standings);
                }
                return new Auto(new AutoPolicy());
            }
            default -> throw new IllegalArgumentException("must be one of " + NAMES + ": learner=" + name);
        }
    }

    private record Scoring(OnlineScorer scorer, Supplier<Export> exporter, Consumer<Memento> state)
            implements ContinuousLearner {
        @Override
        public double[] score(Situation situation) {
            double[] scores = new double[situation.size()];
            scorer.score(situation, scores);
            return scores;
        }

        @Override
        public void learn(Situation situation, Choice choice, double reward) {
            scorer.learn(situation, choice, reward);
        }

        @Override
        public Export export() {
            return exporter.get();
        }

        @Override
        public void exchange(Memento memento) {
            state.accept(memento);
        }
    }

    private record Regressing(
            OnlineRegressor regressor,
            Supplier<Export> exporter,
            Consumer<Memento> state,
            Supplier<List<ExpertStanding>> comparison)
            implements ContinuousLearner {
        @Override
        public double[] score(Situation situation) {
            return new double[] {regressor.predict(situation.context())};
        }

        @Override
        public void learn(Situation situation, Choice choice, double reward) {
            regressor.learn(situation.context(), reward);
        }

        @Override
        public Export export() {
            return exporter.get();
        }

        @Override
        public void exchange(Memento memento) {
            state.accept(memento);
        }

        @Override
        public List<ExpertStanding> standings() {
            return comparison.get();
        }
    }

    private record Auto(AutoPolicy policy) implements ContinuousLearner {
        @Override
        public double[] score(Situation situation) {
            return policy.scores(situation);
        }

        @Override
        public void learn(Situation situation, Choice choice, double reward) {
            policy.learn(situation, choice, reward);
        }

        @Override
        public Export export() {
            return policy.export();
        }

        @Override
        public void exchange(Memento state) {
            policy.exchange(state);
        }

        @Override
        public List<ExpertStanding> standings() {
            return policy.standings();
        }
    }
}
