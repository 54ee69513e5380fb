package io.leeway.core.bandit.auto;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Worlds of different kinds, with fixed seeds; a regret of 1 is that of choosing evenly. Bounds are about twice what was
 * measured, and far below what a policy that lacks the part in question reaches (stated at each).
 */
class AutoPolicyTest {
    /** Which of five actions pays depends on the nearest of twenty centres: LinUCB stays at 0.26. */
    @Test
    void learnsWhatIsNotLinear() {
        AutoWorld world = new Centres(5, 8, 20, Integer.MAX_VALUE);

        assertThat(AutoWorld.regret(world, "auto", 1000, 2000, 1)).isLessThan(0.05);
    }

    /** Half-way the next action pays instead: without forgetting, the regret afterwards is above 0.5. */
    @Test
    void beginsAnewWhenTheBestActionChanges() {
        AutoWorld world = new Centres(5, 8, 20, 1500);

        assertThat(AutoWorld.regret(world, "auto", 2000, 2500, 2)).isLessThan(0.15);
    }

    /** Never the same action twice, so that only features tell: LinUCB per action stays at 1. */
    @Test
    void learnsAboutActionsNeverTakenFromTheirFeatures() {
        AutoWorld world = new Bilinear(4, 6);

        assertThat(AutoWorld.regret(world, "auto", 750, 1500, 3)).isLessThan(0.3);
    }

    /** Cauchy noise on rewards in the thousands has no mean to average to. */
    @Test
    void bearsHeavyTails() {
        AutoWorld world = new Linear(4, 5) {
            @Override
            public double reward(double mean, Random random) {
                return 1000 * (mean + 0.2 * random.nextGaussian() / random.nextGaussian());
            }
        };

        assertThat(AutoWorld.regret(world, "auto", 1000, 2000, 4)).isLessThan(0.35);
    }

    /** Every action is to be tried before it can be known: of 1500 steps, the last third counts. */
    @Test
    void learnsTwoHundredActions() {
        AutoWorld world = new Linear(200, 3);

        assertThat(AutoWorld.regret(world, "auto", 1000, 1500, 5)).isLessThan(0.6);
    }

    /** More words than columns: the fifth of them that tell have to be found. */
    @Test
    void learnsFromWords() {
        AutoWorld world = new Words(4, 800);

        assertThat(AutoWorld.regret(world, "auto", 1500, 2500, 6)).isLessThan(0.75);
    }

    /** The mean reward of an action is linear in the context. */
    private static class Linear implements AutoWorld {
        private final double[][] weights;
        private final List<String> ids;

        Linear(int actions, int width) {
            Random random = new Random(11);
            weights = new double[actions][];
            ids = new ArrayList<>();
            for (int i = 0; i < actions; i++) {
                weights[i] = gaussians(width, random);
                ids.add("action-" + i);
            }
        }

        @Override
        public Situation situation(int step, Random random) {
            return Situation.of(SparseVector.dense(gaussians(weights[0].length, random)), ids);
        }

        @Override
        public double mean(int step, Situation situation, int action) {
            return dot(weights[action], situation.context());
        }

        @Override
        public double reward(double mean, Random random) {
            return mean + 0.5 * random.nextGaussian();
        }
    }

    /** One action pays: that of the nearest centre, from some step on the one after it. */
    private record Centres(double[][] centres, int changeAt, List<String> ids) implements AutoWorld {
        Centres(int actions, int width, int count, int changeAt) {
            this(new double[count][], changeAt, names(actions));
            Random random = new Random(12);
            for (int i = 0; i < count; i++) {
                centres[i] = gaussians(width, random);
            }
        }

        @Override
        public Situation situation(int step, Random random) {
            double[] row = centres[random.nextInt(centres.length)].clone();
            for (int i = 0; i < row.length; i++) {
                row[i] += 0.3 * random.nextGaussian();
            }
            return Situation.of(SparseVector.dense(row), ids);
        }

        @Override
        public double mean(int step, Situation situation, int action) {
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < centres.length; c++) {
                double distance = 0;
                for (int i = 0; i < centres[c].length; i++) {
                    distance += Math.pow(situation.context().value(i) - centres[c][i], 2);
                }
                if (distance < least) {
                    least = distance;
                    nearest = c;
                }
            }
            int winner = (nearest + (step >= changeAt ? 1 : 0)) % ids.size();
            return action == winner ? 1 : 0;
        }

        @Override
        public double reward(double mean, Random random) {
            return mean;
        }
    }

    /** The chance of a reward is logistic in a bilinear form of context and action; actions are new each time. */
    private record Bilinear(double[][] form, int actions) implements AutoWorld {
        Bilinear(int width, int actions) {
            this(new double[width][], actions);
            Random random = new Random(13);
            for (int i = 0; i < width; i++) {
                form[i] = gaussians(width, random);
            }
        }

        @Override
        public Situation situation(int step, Random random) {
            List<String> ids = new ArrayList<>();
            List<SparseVector> features = new ArrayList<>();
            for (int i = 0; i < actions; i++) {
                ids.add("new-" + step + "-" + i);
                features.add(SparseVector.dense(gaussians(form.length, random)));
            }
            return new Situation(SparseVector.dense(gaussians(form.length, random)), ids, features);
        }

        @Override
        public double mean(int step, Situation situation, int action) {
            double sum = 0;
            for (int i = 0; i < form.length; i++) {
                sum += situation.context().value(i) * dot(form[i], situation.action(action));
            }
            return 1 / (1 + Math.exp(-sum));
        }

        @Override
        public double reward(double mean, Random random) {
            return random.nextDouble() < mean ? 1 : 0;
        }
    }

    /** Texts of ten words; a third of them are particular to the action that pays. */
    private record Words(int vocabulary, List<String> ids) implements AutoWorld {
        Words(int actions, int vocabulary) {
            this(vocabulary, names(actions));
        }

        @Override
        public Situation situation(int step, Random random) {
            int topic = step % ids.size();
            SparseVector.Builder builder = new SparseVector.Builder(10);
            for (int i = 0; i < 10; i++) {
                int word = random.nextInt(vocabulary / ids.size()) * ids.size();
                builder.indicator(7919 * (i % 3 == 0 ? word + topic : word + random.nextInt(ids.size())));
            }
            return Situation.of(builder.build(), ids);
        }

        @Override
        public double mean(int step, Situation situation, int action) {
            return action == step % ids.size() ? 1 : 0;
        }

        @Override
        public double reward(double mean, Random random) {
            return mean;
        }
    }

    private static List<String> names(int actions) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < actions; i++) {
            names.add("action-" + i);
        }
        return names;
    }

    private static double[] gaussians(int count, Random random) {
        return random.doubles(count).map(ignored -> random.nextGaussian()).toArray();
    }

    private static double dot(double[] weights, SparseVector vector) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * vector.value(i);
        }
        return sum;
    }
}
