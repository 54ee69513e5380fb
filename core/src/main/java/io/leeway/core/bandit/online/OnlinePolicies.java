package io.leeway.core.bandit.online;

import io.leeway.core.bandit.EpsilonGreedy;
import io.leeway.core.bandit.Floor;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The online policies by name. Case, dashes and underscores in a name do not matter; parameters left out take their defaults,
 * unknown ones are refused. Thread-safe.
 */
public final class OnlinePolicies {
    private static final Map<String, Entry> ENTRIES = entries();

    private OnlinePolicies() {}

    /** Makes a policy that has learned nothing yet. */
    private interface Maker {
        OnlinePolicy make(Parameters parameters);
    }

    private record Entry(String name, Set<String> parameters, Maker maker) {}

    /** The names, sorted. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>();
        ENTRIES.values().forEach(entry -> names.add(entry.name()));
        return Collections.unmodifiableSet(names);
    }

    /** The parameters that a policy takes. */
    public static Set<String> parameters(String name) {
        return entry(name).parameters();
    }

    /** A new policy that has learned nothing yet. */
    public static OnlinePolicy of(String name, Map<String, Double> parameters) {
        Entry entry = entry(name);
        for (String given : parameters.keySet()) {
            if (!entry.parameters().contains(given)) {
                throw new IllegalArgumentException("must be one of " + new TreeSet<>(entry.parameters())
                        + ": parameter=" + given + " policy=" + entry.name());
            }
        }
        return entry.maker().make(new Parameters(parameters));
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
        add(
                entries,
                "linucb",
                Set.of("alpha", "lambda", "standardise", "floor"),
                p -> new OptimisticPolicy(ridge(p), p.get("alpha", OptimisticPolicy.DEFAULT_ALPHA), p.floor()));
        add(
                entries,
                "lints",
                Set.of("scale", "votes", "lambda", "standardise", "floor"),
                p -> new ThompsonPolicy(
                        ridge(p),
                        p.get("scale", ThompsonPolicy.DEFAULT_SCALE),
                        (int) p.get("votes", ThompsonPolicy.DEFAULT_VOTES),
                        p.floor()));
        add(
                entries,
                "epsilonGreedyRidge",
                Set.of("epsilon", "lambda", "standardise"),
                p -> new ScoringPolicy(
                        ridge(p), new EpsilonGreedy(p.get("epsilon", EpsilonGreedy.DEFAULT_EPSILON)), Floor.NONE));
        return entries;
    }

    private static DisjointRidge ridge(Parameters parameters) {
        return new DisjointRidge(
                parameters.get("lambda", DisjointRidge.DEFAULT_LAMBDA), parameters.get("standardise", 1) != 0);
    }

    private static void add(Map<String, Entry> entries, String name, Set<String> parameters, Maker maker) {
        entries.put(plain(name), new Entry(name, parameters, maker));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Given values over defaults. */
    private record Parameters(Map<String, Double> given) {
        static final double DEFAULT_FLOOR = 0.01;

        double get(String name, double otherwise) {
            return given.getOrDefault(name, otherwise);
        }

        Floor floor() {
            return new Floor(get("floor", DEFAULT_FLOOR));
        }
    }
}
