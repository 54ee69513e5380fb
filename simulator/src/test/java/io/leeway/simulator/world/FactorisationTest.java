package io.leeway.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.simulator.Data;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FactorisationTest {

    @Test
    void beatsTheBiasesAloneOnHeldOutRealRatings() throws IOException {
        Ratings.Split split =
                MovieLens.read(Data.folder("movielens-100k")).ratings().split(0.1, 7);
        double biases = Factorisation.fit(split.fit(), 0, 1).rmse(split.heldOut());
        double factors = Factorisation.fit(split.fit(), 10, 1).rmse(split.heldOut());
        // Published test errors on this data set: about 0.94-0.96 for biases, 0.91-0.94 for factor models.
        assertThat(biases).isBetween(0.93, 0.97);
        assertThat(factors).isLessThan(biases - 0.01).isLessThan(0.94);
    }

    /** A fit that took unrated entries for zeros would predict far below every rating that exists. */
    @Test
    void recoversUnratedEntriesFromTheRatedOnesAlone() {
        Ratings.Split split = rankTwo(120, 80, 0.4).split(0.1, 3);
        double rmse = Factorisation.fit(split.fit(), 2, 5).rmse(split.heldOut());
        double biases = Factorisation.fit(split.fit(), 0, 5).rmse(split.heldOut());
        assertThat(biases).isGreaterThan(0.6);
        assertThat(rmse).isLessThan(0.25);
    }

    /** Entries that nobody rated carry no weight: more films without ratings change nothing for the others. */
    @Test
    void unratedFilmsChangeNothing() {
        Ratings few = rankTwo(40, 30, 0.5);
        int[] user = new int[few.size()];
        int[] film = new int[few.size()];
        double[] value = new double[few.size()];
        for (int i = 0; i < few.size(); i++) {
            user[i] = few.user(i);
            film[i] = few.film(i);
            value[i] = few.value(i);
        }
        Factorisation fitted = Factorisation.fit(few, 3, 9);
        Factorisation padded = Factorisation.fit(new Ratings(40, 500, user, film, value), 3, 9);
        for (int u = 0; u < 40; u++) {
            assertThat(padded.predict(u, 4)).isCloseTo(fitted.predict(u, 4), within(1e-9));
        }
        assertThat(padded.predict(0, 400)).isCloseTo(few.mean() + padded.userBias(0), within(1e-9));
    }

    @Test
    void sameSeedSameFactors() {
        Ratings ratings = rankTwo(50, 40, 0.5);
        assertThat(Factorisation.fit(ratings, 4, 11).userVector(7))
                .containsExactly(Factorisation.fit(ratings, 4, 11).userVector(7))
                .isNotEqualTo(Factorisation.fit(ratings, 4, 12).userVector(7));
    }

    private static Ratings rankTwo(int users, int films, double ratedShare) {
        SplittableRandom random = Noise.of(42);
        double[][] left = normals(users, random);
        double[][] right = normals(films, random);
        int[] user = new int[users * films];
        int[] film = new int[users * films];
        double[] value = new double[users * films];
        int count = 0;
        for (int u = 0; u < users; u++) {
            for (int f = 0; f < films; f++) {
                if (random.nextDouble() < ratedShare) {
                    user[count] = u;
                    film[count] = f;
                    value[count++] = 3.5 + 0.7 * (left[u][0] * right[f][0] + left[u][1] * right[f][1]);
                }
            }
        }
        return new Ratings(
                users, films, Arrays.copyOf(user, count), Arrays.copyOf(film, count), Arrays.copyOf(value, count));
    }

    private static double[][] normals(int size, SplittableRandom random) {
        double[][] rows = new double[size][2];
        for (double[] row : rows) {
            row[0] = Noise.gaussian(random);
            row[1] = Noise.gaussian(random);
        }
        return rows;
    }
}
