package io.leeway.benchmarks.served;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.auto.AutoPolicy;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.Situation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Regret of {@code auto} where actions have features: when all of its experts decide, and when those do that are chosen to be served,
 * chosen anew every 250 feedbacks. Arguments: steps, runs, folder of data (else that of LEEWAY_DATA).
 */
public final class ServedCount {
    private static final int EXPORT_EVERY = 250;

    private ServedCount() {}

    public static void main(String[] arguments) throws IOException {
        int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 16;
        String told = arguments.length > 2 ? arguments[2] : System.getenv().getOrDefault("LEEWAY_DATA", "");
        Map<String, Offers> all = Offers.all(Path.of(told));
        if (all.size() == 1) {
            System.out.println("no data sets: folder=" + told + "; synthetic offers alone");
        }
        System.out.printf("%d steps, %d runs, regret of a step +- standard error over the runs%n", steps, runs);
        all.forEach((name, offers) -> System.out.printf(
                "  %-9s all experts %s   served experts %s%n",
                name, regret(offers, steps, runs, false), regret(offers, steps, runs, true)));
    }

    private static String regret(Offers offers, int steps, int runs, boolean served) {
        double[] regrets = IntStream.range(0, runs)
                .mapToDouble(run -> regret(offers, steps, served, run))
                .toArray();
        double mean = Arrays.stream(regrets).average().orElseThrow();
        double squares = Arrays.stream(regrets)
                .map(regret -> (regret - mean) * (regret - mean))
                .sum();
        return String.format(
                Locale.ROOT, "%.4f +- %.4f", mean, Math.sqrt(squares / Math.max(1, runs - 1) / Math.max(1, runs)));
    }

    /** The same offers with and without serving. */
    private static double regret(Offers offers, int steps, boolean served, int run) {
        SplittableRandom offering = new SplittableRandom(1000 + run);
        SplittableRandom drawing = new SplittableRandom(run);
        AutoPolicy policy = new AutoPolicy();
        HashedEncoder encoder = new HashedEncoder();
        double regret = 0;
        for (int step = 1; step <= steps; step++) {
            Offer offer = offers.next(offering);
            Situation situation = encoder.encode(offer.context(), offer.actions());
            Distribution distribution = policy.decide(situation, drawing);
            int chosen = distribution.sample(drawing.nextDouble());
            regret += offer.regret(chosen);
            policy.learn(situation, new Choice(chosen, distribution.probability(chosen)), offer.rewards()[chosen]);
            if (served && step % EXPORT_EVERY == 0) {
                policy.export();
            }
        }
        return regret / steps;
    }
}
