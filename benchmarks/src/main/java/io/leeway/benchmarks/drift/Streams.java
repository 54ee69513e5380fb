package io.leeway.benchmarks.drift;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Streams of independent values: stationary ones of many shapes, and ones that change. */
final class Streams {
    private Streams() {}

    /** A stream that draws from one source and, from the change on, from another. */
    record Changing(String name, ToDoubleFunction<Random> before, ToDoubleFunction<Random> after) {}

    static ToDoubleFunction<Random> bernoulli(double p) {
        return random -> random.nextDouble() < p ? 1 : 0;
    }

    static ToDoubleFunction<Random> gaussian(double mean, double deviation) {
        return random -> mean + deviation * random.nextGaussian();
    }

    static Map<String, ToDoubleFunction<Random>> stationary() {
        Map<String, ToDoubleFunction<Random>> streams = new LinkedHashMap<>();
        for (double p : new double[] {0.001, 0.01, 0.05, 0.2, 0.5, 0.9}) {
            streams.put("bernoulli(" + p + ")", bernoulli(p));
        }
        streams.put("gaussian", gaussian(0, 1));
        streams.put("gaussian(0.5, 0.1)", gaussian(0.5, 0.1));
        streams.put("uniform", Random::nextDouble);
        streams.put("exponential", random -> -Math.log(1 - random.nextDouble()));
        streams.put("lognormal(sigma 2)", random -> Math.exp(2 * random.nextGaussian()));
        streams.put("cauchy", random -> Math.tan(Math.PI * (random.nextDouble() - 0.5)));
        streams.put("pareto(1.2)", random -> Math.pow(1 - random.nextDouble(), -1 / 1.2));
        streams.put(
                "student(3)", random -> random.nextGaussian() / Math.sqrt((sq(random) + sq(random) + sq(random)) / 3));
        streams.put("dice", random -> random.nextInt(6));
        streams.put(
                "counts, mostly 0", random -> Math.floor(-2 * Math.log(1 - random.nextDouble()) * random.nextDouble()));
        streams.put("mixture, 90% zero", random -> random.nextDouble() < 0.9 ? 0 : random.nextGaussian());
        return streams;
    }

    private static double sq(Random random) {
        double value = random.nextGaussian();
        return value * value;
    }

    static Changing[] changing() {
        return new Changing[] {
            new Changing("bernoulli 0.2->0.3", bernoulli(0.2), bernoulli(0.3)),
            new Changing("bernoulli 0.2->0.4", bernoulli(0.2), bernoulli(0.4)),
            new Changing("bernoulli 0.3->0.2", bernoulli(0.3), bernoulli(0.2)),
            new Changing("gaussian +0.25 sd", gaussian(0.5, 0.1), gaussian(0.525, 0.1)),
            new Changing("gaussian +0.5 sd", gaussian(0.5, 0.1), gaussian(0.55, 0.1)),
            new Changing("gaussian +1 sd", gaussian(0.5, 0.1), gaussian(0.6, 0.1)),
            new Changing("gaussian -0.5 sd", gaussian(0.5, 0.1), gaussian(0.45, 0.1)),
            new Changing("gaussian sd x1.5", gaussian(0.5, 0.1), gaussian(0.5, 0.15)),
            new Changing("bernoulli 0.5->0.6", bernoulli(0.5), bernoulli(0.6)),
            new Changing("bernoulli 0.1->0.15", bernoulli(0.1), bernoulli(0.15)),
            new Changing("bernoulli 0.05->0.1", bernoulli(0.05), bernoulli(0.1)),
            new Changing("bernoulli 0.2->0.25", bernoulli(0.2), bernoulli(0.25)),
            new Changing("gaussian +0.1 sd", gaussian(0.5, 0.1), gaussian(0.51, 0.1)),
        };
    }
}
