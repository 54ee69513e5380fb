package io.leeway.core.promotion.study;

import io.leeway.core.evaluation.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * What a study counted.
 *
 * @param kinds by kind of candidate
 * @param promotions in the two ways to roll out
 */
public record StudyResult(StudySettings settings, int candidates, List<OfKind> kinds, List<Promotions> promotions) {
    private static final double CONFIDENCE = 0.95;

    public StudyResult {
        kinds = List.copyOf(kinds);
        promotions = List.copyOf(promotions);
    }

    /**
     * One kind of candidate.
     *
     * @param meanTruth what it earns more than the champion, on average
     * @param data share that the data gate refuses, each gate for itself
     * @param ownGate share that the gate refuses whose business the kind is; NaN for honest kinds
     * @param rolledBack share that a canary would roll back by proof if nothing had kept it out
     * @param liveEvents median until a canary is decided
     */
    public record OfKind(
            Kind kind,
            int candidates,
            double meanTruth,
            double data,
            double quality,
            double serving,
            double ownGate,
            double rolledBack,
            double livePromoted,
            int liveEvents,
            double promotedDirect,
            double promotedCanary) {}

    /** A share with its exact interval (Clopper and Pearson). */
    public record Share(int count, int of, double lower, double upper) {
        static Share of(List<Outcome> outcomes, Predicate<Outcome> counted) {
            int count = (int) outcomes.stream().filter(counted).count();
            int of = outcomes.size();
            double tail = (1 - CONFIDENCE) / 2;
            double lower = count == 0
                    ? 0
                    : new BetaDistribution(null, count, of - count + 1.0).inverseCumulativeProbability(tail);
            double upper = count == of
                    ? 1
                    : new BetaDistribution(null, count + 1.0, of - count).inverseCumulativeProbability(1 - tail);
            return new Share(count, of, lower, upper);
        }

        public double value() {
            return of == 0 ? Double.NaN : count / (double) of;
        }

        public Interval interval() {
            return new Interval(lower, upper);
        }
    }

    /**
     * Promotions in one way to roll out.
     *
     * @param way direct or canary
     * @param wrong promoted among those that lose more than the tolerance
     * @param losing promoted among all that lose anything at all
     * @param wrongWorlds worlds in which any that loses more than the tolerance was promoted
     * @param right promoted among those that gain at least the effect
     */
    public record Promotions(String way, Share wrong, Share losing, Share wrongWorlds, Share right) {}

    static StudyResult of(StudySettings settings, List<Outcome> outcomes) {
        List<OfKind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            kinds.add(ofKind(
                    kind, outcomes.stream().filter(one -> one.kind() == kind).toList()));
        }
        return new StudyResult(
                settings,
                outcomes.size(),
                kinds,
                List.of(
                        promotions("direct", settings, outcomes, Outcome::direct),
                        promotions("canary", settings, outcomes, Outcome::canary)));
    }

    private static OfKind ofKind(Kind kind, List<Outcome> of) {
        int[] events = of.stream().mapToInt(Outcome::liveEvents).sorted().toArray();
        return new OfKind(
                kind,
                of.size(),
                of.stream().mapToDouble(Outcome::truth).average().orElse(Double.NaN),
                share(of, one -> one.refusedBy().contains("data")),
                share(of, one -> one.refusedBy().contains("quality")),
                share(of, one -> one.refusedBy().contains("serving")),
                kind.gate() == null
                        ? Double.NaN
                        : share(of, one -> one.refusedBy().contains(kind.gate())),
                share(of, one -> Boolean.FALSE.equals(one.live())),
                share(of, one -> Boolean.TRUE.equals(one.live())),
                events.length == 0 ? 0 : events[events.length / 2],
                share(of, Outcome::direct),
                share(of, Outcome::canary));
    }

    private static Promotions promotions(
            String way, StudySettings settings, List<Outcome> outcomes, Predicate<Outcome> promoted) {
        List<Outcome> wrong = outcomes.stream()
                .filter(one -> one.truth() < -settings.tolerance() * one.championValue())
                .toList();
        List<Outcome> losing = outcomes.stream().filter(one -> one.truth() < 0).toList();
        List<Outcome> right = outcomes.stream()
                .filter(one -> one.truth() >= settings.effect())
                .toList();
        List<Outcome> worlds = wrong.stream()
                .map(Outcome::world)
                .distinct()
                .map(world -> wrong.stream()
                        .filter(one -> one.world() == world)
                        .filter(promoted)
                        .findFirst()
                        .orElseGet(() -> wrong.stream()
                                .filter(one -> one.world() == world)
                                .findFirst()
                                .orElseThrow()))
                .toList();
        return new Promotions(
                way,
                Share.of(wrong, promoted),
                Share.of(losing, promoted),
                Share.of(worlds, promoted),
                Share.of(right, promoted));
    }

    private static double share(List<Outcome> of, Predicate<Outcome> counted) {
        return of.isEmpty() ? Double.NaN : of.stream().filter(counted).count() / (double) of.size();
    }
}
