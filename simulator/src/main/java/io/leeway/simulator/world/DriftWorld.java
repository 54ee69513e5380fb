package io.leeway.simulator.world;

import io.leeway.contracts.Action;
import io.leeway.contracts.RewardRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A shop that offers one of several promotions to a visitor, made up entirely: it needs no data. Contexts mix numbers,
 * flags, categories and tags; the worth of an offer is partly linear in them and partly not (products and a threshold).
 */
public final class DriftWorld implements BanditWorld {

    private static final RewardRange RANGE = RewardRange.UNIT;
    private static final List<String> DEVICES = List.of("phone", "desktop", "tablet");
    private static final List<String> COUNTRIES = List.of("de", "fr", "it", "es", "pl");
    private static final List<String> INTERESTS = List.of("sport", "music", "garden", "books");
    private static final List<String> OFFERS = List.of(
            "free-delivery", "ten-percent", "gift", "bundle", "new-arrivals", "bestseller", "last-chance", "news");
    private static final int LINEAR = 3 + DEVICES.size() + COUNTRIES.size() + INTERESTS.size();
    private static final int NONLINEAR = 4;
    private static final long VISITS = 0x7157;
    private static final long REWARDS = 0x4E0A;

    private final long seed;
    private final double noise;
    private final List<Action> actions;
    private final double[][] linear;
    private final double[][] nonlinear;

    public DriftWorld(long seed) {
        this(seed, OFFERS.size(), 0.15);
    }

    /**
     * @param count number of actions, 2 to 8
     * @param noise standard deviation of a reward around its expectation, not negative
     */
    public DriftWorld(long seed, int count, double noise) {
        if (count < 2 || count > OFFERS.size()) {
            throw new IllegalArgumentException("must be 2 to " + OFFERS.size() + ": count=" + count);
        }
        if (!(noise >= 0)) {
            throw new IllegalArgumentException("must be >= 0: noise=" + noise);
        }
        this.seed = seed;
        this.noise = noise;
        this.actions = OFFERS.subList(0, count).stream()
                .map(id -> new Action(id, Map.of("_title", id.replace('-', ' '))))
                .toList();
        SplittableRandom random = Noise.of(seed, 0xD21F7);
        this.linear = new double[count][];
        this.nonlinear = new double[count][];
        for (int action = 0; action < count; action++) {
            linear[action] = normals(LINEAR + 1, 0.55, random);
            nonlinear[action] = normals(NONLINEAR, 0.65, random);
        }
    }

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public RewardRange rewardRange() {
        return RANGE;
    }

    @Override
    public Visit visit(long moment) {
        SplittableRandom random = Noise.of(seed, VISITS, moment);
        double hour = random.nextInt(24);
        double basket = Math.round(100 * 40 * Math.exp(0.6 * Noise.gaussian(random))) / 100.0;
        boolean member = random.nextDouble() < 0.4;
        int device = pick(random.nextDouble(), 0.55, 0.35);
        int country = pick(random.nextDouble(), 0.4, 0.25, 0.15, 0.12);
        boolean[] likes = new boolean[INTERESTS.size()];
        List<String> interests = new ArrayList<>();
        for (int i = 0; i < likes.length; i++) {
            likes[i] = random.nextDouble() < 0.35;
            if (likes[i]) {
                interests.add(INTERESTS.get(i));
            }
        }
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("hour", hour);
        context.put("basket", basket);
        context.put("member", member);
        context.put("device", DEVICES.get(device));
        context.put("place", Map.of("country", COUNTRIES.get(country)));
        context.put("interests", interests);
        return new Visit(moment, context, actions, expected(hour, basket, member, device, country, likes));
    }

    @Override
    public double reward(Visit visit, int action) {
        double deviate = Noise.gaussian(Noise.of(seed, REWARDS, visit.moment(), action));
        return Noise.within(RANGE, visit.expected(action), noise * deviate);
    }

    private double[] expected(double hour, double basket, boolean member, int device, int country, boolean[] likes) {
        double[] x = new double[LINEAR + 1];
        x[0] = (hour - 11.5) / 6.9;
        x[1] = (basket - 47.9) / 31.6;
        x[2] = member ? 1 : -1;
        x[3 + device] = 1;
        x[3 + DEVICES.size() + country] = 1;
        for (int i = 0; i < likes.length; i++) {
            x[3 + DEVICES.size() + COUNTRIES.size() + i] = likes[i] ? 1 : 0;
        }
        x[LINEAR] = 1;
        double[] z = {
            x[0] * x[2], // members shop at other hours
            Math.abs(x[0]) - 0.87, // mornings and nights are alike
            (basket > 60 ? 1 : -0.5) * (device == 0 ? -1 : 1),
            likes[0] == likes[1] ? 0.8 : -0.8
        };
        double[] expected = new double[actions.size()];
        for (int action = 0; action < expected.length; action++) {
            double score = 0;
            for (int i = 0; i < x.length; i++) {
                score += linear[action][i] * x[i];
            }
            for (int i = 0; i < z.length; i++) {
                score += nonlinear[action][i] * z[i];
            }
            expected[action] = 1 / (1 + Math.exp(-score));
        }
        return expected;
    }

    /** Index of the share in which u falls; the last share is what the others leave. */
    private static int pick(double u, double... shares) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += shares[i];
            if (u < sum) {
                return i;
            }
        }
        return shares.length;
    }

    private static double[] normals(int size, double scale, SplittableRandom random) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = scale * Noise.gaussian(random);
        }
        return values;
    }
}
