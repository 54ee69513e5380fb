package io.leeway.core.bandit.online;

import io.leeway.core.bandit.EpsilonGreedy;
import io.leeway.core.bandit.Floor;
import io.leeway.core.bandit.Greedy;
import io.leeway.core.bandit.Softmax;
import io.leeway.core.bandit.SquareCb;
import io.leeway.core.bandit.auto.AutoPolicy;
import io.leeway.core.bandit.online.LinearOptions.Interaction;
import io.leeway.core.bandit.online.LinearOptions.Reduction;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The online policies by name. A name is a scorer ({@code linear}, {@code ridge}) followed by an exploration rule, or stands for a
 * pair that is known by a name of its own ({@code linucb}, {@code lints}). Case, dashes and underscores in a name do not matter;
 * parameters left out take their defaults, unknown ones are refused. Thread-safe.
 */
public final class OnlinePolicies {
    private static final Set<String> LINEAR =
            Set.of("rate", "bits", "reduction", "standardise", "perAction", "interactions");
    private static final Set<String> RIDGE = Set.of("lambda", "forgetting", "standardise", "scaled");
    /**
     * Ten times that of a model trained from a log: who learns from each feedback at once pays for wide exploration. Mean loss
     * over the eight bake-off sets, order 0: .24 against .27 with the linear scorer, .22 against .26 with ridge.
     */
    private static final double SQUARE_CB_GAMMA = 10 * SquareCb.DEFAULT_GAMMA;

    private static final Map<String, Entry> ENTRIES = entries();

    private OnlinePolicies() {}

    private record Entry(String name, Set<String> parameters, Function<PolicyParameters, OnlinePolicy> make) {}

    /** The names, sorted. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>();
        ENTRIES.values().forEach(entry -> names.add(entry.name()));
        return Collections.unmodifiableSet(names);
    }

    /** The parameters that a policy takes, sorted. */
    public static Set<String> parameters(String name) {
        return Collections.unmodifiableSet(entry(name).parameters());
    }

    /** A new policy that has learned nothing yet. */
    public static OnlinePolicy of(String name, Map<String, Double> parameters) {
        Entry entry = entry(name);
        for (String given : parameters.keySet()) {
            if (!entry.parameters().contains(given)) {
                throw new IllegalArgumentException(
                        "must be one of " + entry.parameters() + ": parameter=" + given + " policy=" + entry.name());
            }
        }
        return entry.make().apply(new PolicyParameters(parameters));
    }

    private static Entry entry(String name) {
        Entry entry = ENTRIES.get(plain(name));
        if (entry == null) {
            throw new IllegalArgumentException("must be one of " + names() + ": policy=" + name);
        }
        return entry;
    }

    private static Map<String, Entry> entries() {
        Map<String, Entry> entries = new TreeMap<>();
        posteriors(
                entries, "neuralLinucb", "neuralLints", Set.of("seed"), p -> new NeuralLinear(p.whole("seed", 1, 0)));
        add(
                entries,
                "regCb",
                RIDGE,
                List.of("radius", "floor"),
                p -> new EliminationPolicy(ridge(p), p.get("radius", EliminationPolicy.DEFAULT_RADIUS), p.floor()));
        add(
                entries,
                "linearCover",
                LINEAR,
                List.of("scorers", "bonus"),
                p -> new CoverPolicy(
                        linearOptions(p),
                        p.whole("scorers", CoverPolicy.DEFAULT_SCORERS, 1),
                        p.get("bonus", CoverPolicy.DEFAULT_BONUS)));
        add(entries, "exp3", Set.of(), List.of("floor"), p -> new Exp3(new Floor(p.get("floor", Exp3.DEFAULT_FLOOR))));
        add(entries, "auto", Set.of(), List.of(), p -> new AutoPolicy());
        explorations(entries, "linear", LINEAR, OnlinePolicies::linear);
        explorations(entries, "ridge", RIDGE, OnlinePolicies::ridge);
        alias(entries, "linear", "linearGreedy");
        alias(entries, "epsilonGreedyRidge", "ridgeEpsilonGreedy");
        posteriors(entries, "linucb", "lints", RIDGE, OnlinePolicies::ridge);
        explorations(entries, "sharedRidge", RIDGE, OnlinePolicies::sharedRidge);
        posteriors(entries, "sharedLinucb", "sharedLints", RIDGE, OnlinePolicies::sharedRidge);
        return entries;
    }

    /** The rules that go with any scorer. */
    private static void explorations(
            Map<String, Entry> entries,
            String prefix,
            Set<String> known,
            Function<PolicyParameters, ? extends OnlineScorer> scorer) {
        add(
                entries,
                prefix + "Greedy",
                known,
                List.of("floor"),
                p -> new ScoringPolicy(scorer.apply(p), new Greedy(), p.floor()));
        add(
                entries,
                prefix + "EpsilonGreedy",
                known,
                List.of("epsilon", "start", "power", "least", "floor"),
                p -> new ScheduledPolicy(scorer.apply(p), schedule(p), new Floor(p.get("floor", 0))));
        add(
                entries,
                prefix + "Softmax",
                known,
                List.of("temperature", "floor"),
                p -> new ScoringPolicy(
                        scorer.apply(p), new Softmax(p.get("temperature", Softmax.DEFAULT_TEMPERATURE)), p.floor()));
        add(
                entries,
                prefix + "SquareCb",
                known,
                List.of("gamma", "scale", "floor"),
                p -> new ScoringPolicy(
                        scorer.apply(p),
                        new SquareCb(p.get("gamma", SQUARE_CB_GAMMA), p.get("scale", SquareCb.DEFAULT_SCALE)),
                        p.floor()));
        add(
                entries,
                prefix + "ExploreFirst",
                known,
                List.of("feedbacks", "floor"),
                p -> new ExploreFirst(
                        scorer.apply(p), p.whole("feedbacks", ExploreFirst.DEFAULT_FEEDBACKS, 0), p.floor()));
        add(
                entries,
                prefix + "Bagging",
                known,
                List.of("scorers", "seed", "floor"),
                p -> new BaggingPolicy(
                        Stream.generate(() -> scorer.apply(p))
                                .limit(p.whole("scorers", BaggingPolicy.DEFAULT_SCORERS, 1))
                                .toList(),
                        p.whole("seed", 1, 0),
                        p.floor()));
    }

    /** The rules that need a posterior. */
    private static void posteriors(
            Map<String, Entry> entries,
            String optimistic,
            String thompson,
            Set<String> known,
            Function<PolicyParameters, ? extends PosteriorScorer> scorer) {
        add(
                entries,
                optimistic,
                known,
                List.of("alpha", "floor"),
                p -> new OptimisticPolicy(scorer.apply(p), p.get("alpha", OptimisticPolicy.DEFAULT_ALPHA), p.floor()));
        add(
                entries,
                thompson,
                known,
                List.of("scale", "votes", "floor"),
                p -> new ThompsonPolicy(
                        scorer.apply(p),
                        p.get("scale", ThompsonPolicy.DEFAULT_SCALE),
                        p.whole("votes", ThompsonPolicy.DEFAULT_VOTES, 1),
                        p.floor()));
    }

    private static EpsilonSchedule schedule(PolicyParameters p) {
        return new EpsilonSchedule(
                p.get("epsilon", EpsilonGreedy.DEFAULT_EPSILON),
                p.get("start", 1),
                p.get("power", 0),
                p.get("least", 0));
    }

    private static HashedLinear linear(PolicyParameters p) {
        return new HashedLinear(linearOptions(p));
    }

    private static LinearOptions linearOptions(PolicyParameters p) {
        LinearOptions defaults = LinearOptions.defaults();
        Reduction[] reductions = Reduction.values();
        int reduction = p.whole("reduction", defaults.reduction().ordinal(), 0);
        if (reduction >= reductions.length) {
            throw new IllegalArgumentException("must be < " + reductions.length + ": reduction=" + reduction);
        }
        return new LinearOptions(
                p.whole("bits", defaults.bits(), 1),
                p.get("rate", defaults.learningRate()),
                reductions[reduction],
                p.flag("standardise", defaults.standardise()),
                p.flag("perAction", defaults.perAction()),
                p.flag("interactions", true) ? List.of(Interaction.ALL) : List.of());
    }

    private static DisjointRidge ridge(PolicyParameters p) {
        return new DisjointRidge(ridgeOptions(p));
    }

    private static SharedRidge sharedRidge(PolicyParameters p) {
        return new SharedRidge(ridgeOptions(p));
    }

    private static RidgeOptions ridgeOptions(PolicyParameters p) {
        RidgeOptions defaults = RidgeOptions.defaults();
        return new RidgeOptions(
                p.get("lambda", defaults.lambda()),
                p.get("forgetting", defaults.forgetting()),
                p.flag("standardise", defaults.standardise()),
                p.flag("scaled", defaults.scaled()),
                defaults.maximumColumns());
    }

    private static void add(
            Map<String, Entry> entries,
            String name,
            Set<String> scorer,
            List<String> own,
            Function<PolicyParameters, OnlinePolicy> make) {
        Set<String> parameters = new TreeSet<>(scorer);
        parameters.addAll(own);
        entries.put(plain(name), new Entry(name, parameters, make));
    }

    private static void alias(Map<String, Entry> entries, String alias, String name) {
        Entry entry = entries.get(plain(name));
        entries.put(plain(alias), new Entry(alias, entry.parameters(), entry.make()));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
