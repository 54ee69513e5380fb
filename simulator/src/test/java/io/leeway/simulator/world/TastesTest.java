package io.leeway.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TastesTest {

    private static final int USERS = 300;
    private static final int FILMS = 6;

    /** Vectors are skewed, so that products of their numbers do correlate with them before the linear part is taken out. */
    @Test
    void bentPartHasNoLinearPartInTheVectors() {
        double[][] vectors = skewedVectors(2);
        double[][] bent = bentPart(vectors, 0.4);
        for (int column = 0; column < 3; column++) {
            for (int film = 0; film < FILMS; film++) {
                double covariance = 0;
                for (int user = 0; user < USERS; user++) {
                    covariance += vectors[user][column] * bent[user][film] / USERS;
                }
                assertThat(covariance).isCloseTo(0, within(1e-6));
            }
        }
    }

    @Test
    void bentPartHasTheScaleAskedFor() {
        double[][] vectors = skewedVectors(2);
        double linear = Tastes.betweenActions(expected(vectors, 0));
        double bent = Tastes.betweenActions(bentPart(vectors, 0.4));
        assertThat(bent / (linear + bent)).isCloseTo(0.4, within(1e-9));
    }

    private static double[][] bentPart(double[][] vectors, double share) {
        double[][] straight = expected(vectors, 0);
        double[][] all = expected(vectors, share);
        for (int user = 0; user < USERS; user++) {
            for (int film = 0; film < FILMS; film++) {
                all[user][film] -= straight[user][film];
            }
        }
        return all;
    }

    private static double[][] expected(double[][] vectors, double share) {
        MovieLensWorld.Options options = new MovieLensWorld.Options(2, FILMS, share, 0, 3);
        return Tastes.expected(factors(), IntStream.range(0, FILMS).toArray(), vectors, options);
    }

    private static Factorisation factors() {
        SplittableRandom random = Noise.of(1);
        int[] user = new int[USERS * FILMS];
        int[] film = new int[USERS * FILMS];
        double[] value = new double[USERS * FILMS];
        for (int i = 0; i < value.length; i++) {
            user[i] = i / FILMS;
            film[i] = i % FILMS;
            value[i] = 1 + random.nextInt(5);
        }
        return Factorisation.fit(new Ratings(USERS, FILMS, user, film, value), 2, 1);
    }

    private static double[][] skewedVectors(int rank) {
        SplittableRandom random = Noise.of(2);
        double[][] vectors = new double[USERS][rank + 1];
        for (double[] vector : vectors) {
            for (int i = 0; i <= rank; i++) {
                vector[i] = Math.exp(Noise.gaussian(random)) - 1.6;
            }
        }
        return vectors;
    }
}
