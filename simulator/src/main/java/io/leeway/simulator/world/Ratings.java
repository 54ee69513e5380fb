package io.leeway.simulator.world;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Ratings that users gave to films, by index: only those that exist, there is no value for a film that was not rated. */
public final class Ratings {

    private final int users;
    private final int films;
    private final int[] user;
    private final int[] film;
    private final double[] value;

    /**
     * @param users number of users; every user index is below it
     * @param films number of films; every film index is below it
     */
    public Ratings(int users, int films, int[] user, int[] film, double[] value) {
        if (user.length != film.length || user.length != value.length) {
            throw new IllegalArgumentException(
                    "must be of one length: user=" + user.length + ", film=" + film.length + ", value=" + value.length);
        }
        for (int i = 0; i < user.length; i++) {
            if (user[i] < 0 || user[i] >= users || film[i] < 0 || film[i] >= films || !Double.isFinite(value[i])) {
                throw new IllegalArgumentException("must be a finite rating of a known film by a known user: user="
                        + user[i] + ", film=" + film[i] + ", value=" + value[i]);
            }
        }
        this.users = users;
        this.films = films;
        this.user = user.clone();
        this.film = film.clone();
        this.value = value.clone();
    }

    public int users() {
        return users;
    }

    public int films() {
        return films;
    }

    /** Number of ratings. */
    public int size() {
        return value.length;
    }

    public int user(int rating) {
        return user[rating];
    }

    public int film(int rating) {
        return film[rating];
    }

    public double value(int rating) {
        return value[rating];
    }

    public double mean() {
        return Arrays.stream(value).average().orElseThrow();
    }

    /** Ratings of each film. */
    public int[] filmCounts() {
        int[] counts = new int[films];
        for (int index : film) {
            counts[index]++;
        }
        return counts;
    }

    /** Two parts, drawn by seed. */
    public Split split(double heldOutShare, long seed) {
        SplittableRandom random = Noise.of(seed, 0x5B117);
        boolean[] out = new boolean[size()];
        int count = 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = random.nextDouble() < heldOutShare;
            count += out[i] ? 1 : 0;
        }
        return new Split(part(out, false, size() - count), part(out, true, count));
    }

    private Ratings part(boolean[] out, boolean wanted, int count) {
        int[] partUser = new int[count];
        int[] partFilm = new int[count];
        double[] partValue = new double[count];
        int at = 0;
        for (int i = 0; i < out.length; i++) {
            if (out[i] == wanted) {
                partUser[at] = user[i];
                partFilm[at] = film[i];
                partValue[at++] = value[i];
            }
        }
        return new Ratings(users, films, partUser, partFilm, partValue);
    }

    /** Ratings to fit on, and others to judge the fit by. */
    public record Split(Ratings fit, Ratings heldOut) {}
}
