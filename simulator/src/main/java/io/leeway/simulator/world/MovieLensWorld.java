package io.leeway.simulator.world;

import io.leeway.contracts.Action;
import io.leeway.contracts.RewardRange;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Users who ask for a film and rate what they get. The context is the user's vector, the actions are the most rated films,
 * and the reward is the approximate rating, a part of it not linear in the user vector, plus noise.
 */
public final class MovieLensWorld implements BanditWorld {

    private static final RewardRange RANGE = new RewardRange(1.0, 5.0, RewardRange.OutOfRange.REFUSE);
    private static final long VISITS = 0x7157;
    private static final long REWARDS = 0x4E0A;

    private final Options options;
    private final List<MovieLens.User> users;
    private final List<Action> actions;
    private final double[][] vectors;
    private final double[][] expected;

    private MovieLensWorld(
            Options options,
            List<MovieLens.User> users,
            List<Action> actions,
            double[][] vectors,
            double[][] expected) {
        this.options = options;
        this.users = users;
        this.actions = actions;
        this.vectors = vectors;
        this.expected = expected;
    }

    /**
     * What the world is made of.
     *
     * @param rank length of the user and film vectors, at least 1
     * @param films number of films offered, at least 2: the most rated
     * @param nonlinearShare share of the variance between a user's films that no linear function of the user vector has, from 0 to below 1
     * @param noise standard deviation of a rating around its expectation, not negative
     * @param seed of everything drawn
     */
    public record Options(int rank, int films, double nonlinearShare, double noise, long seed) {
        public Options {
            if (rank < 1) {
                throw new IllegalArgumentException("must be >= 1: rank=" + rank);
            }
            if (films < 2) {
                throw new IllegalArgumentException("must be >= 2: films=" + films);
            }
            if (!(nonlinearShare >= 0 && nonlinearShare < 1)) {
                throw new IllegalArgumentException("must be in [0, 1): nonlinearShare=" + nonlinearShare);
            }
            if (!(noise >= 0)) {
                throw new IllegalArgumentException("must be >= 0: noise=" + noise);
            }
        }

        public static Options defaults() {
            return new Options(10, 20, 0.35, 0.4, 1);
        }

        public Options withSeed(long other) {
            return new Options(rank, films, nonlinearShare, noise, other);
        }

        public Options withSize(int otherRank, int otherFilms) {
            return new Options(otherRank, otherFilms, nonlinearShare, noise, seed);
        }
    }

    /** Fits the ratings and builds the world over them. */
    public static MovieLensWorld of(MovieLens data, Options options) {
        if (options.films() > data.films().size()) {
            throw new IllegalArgumentException("must be at most the films that there are: films=" + options.films()
                    + ", of=" + data.films().size());
        }
        Factorisation factors = Factorisation.fit(data.ratings(), options.rank(), options.seed());
        int[] counts = data.ratings().filmCounts();
        int[] films = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer film) -> -counts[film]).thenComparing(film -> film))
                .limit(options.films())
                .mapToInt(Integer::intValue)
                .toArray();
        List<Action> actions = IntStream.of(films)
                .mapToObj(film -> data.films().get(film))
                .map(film -> new Action("film-" + film.id(), Map.of("_title", film.title())))
                .toList();
        double[][] vectors = Tastes.standardised(data.users().size(), options.rank(), factors);
        double[][] expected = Tastes.expected(factors, films, vectors, options);
        for (double[] row : expected) {
            for (int i = 0; i < row.length; i++) {
                row[i] = RANGE.clip(row[i]);
            }
        }
        return new MovieLensWorld(options, data.users(), actions, vectors, expected);
    }

    @Override
    public String name() {
        return "movielens";
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public RewardRange rewardRange() {
        return RANGE;
    }

    public Options options() {
        return options;
    }

    /** Number of users; each asks equally often. */
    public int users() {
        return users.size();
    }

    @Override
    public Visit visit(long moment) {
        return visitOf(Noise.of(options.seed(), VISITS, moment).nextInt(users.size()), moment);
    }

    /** The visit of this user at this moment. */
    public Visit visitOf(int user, long moment) {
        return new Visit(moment, context(user), actions, expected[user]);
    }

    @Override
    public double reward(Visit visit, int action) {
        SplittableRandom random = Noise.of(options.seed(), REWARDS, visit.moment(), action);
        return Noise.within(RANGE, visit.expected(action), options.noise() * Noise.gaussian(random));
    }

    private Map<String, Object> context(int index) {
        MovieLens.User user = users.get(index);
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("_user", user.id());
        int rank = options.rank();
        context.put("taste", Arrays.stream(vectors[index], 0, rank).boxed().toList());
        context.put("generosity", vectors[index][rank]);
        context.put("age", user.age());
        context.put("gender", user.gender());
        return context;
    }
}
