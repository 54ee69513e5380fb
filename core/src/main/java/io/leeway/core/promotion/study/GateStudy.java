package io.leeway.core.promotion.study;

import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Policy;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.promotion.BanditQuality;
import io.leeway.core.promotion.DataGate;
import io.leeway.core.promotion.DataLimits;
import io.leeway.core.promotion.ErrorBudget;
import io.leeway.core.promotion.Evidence;
import io.leeway.core.promotion.JudgedRow;
import io.leeway.core.promotion.LiveComparison;
import io.leeway.core.promotion.ServingGate;
import io.leeway.core.promotion.Thresholds;
import io.leeway.core.promotion.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Counts wrong and right promotions over simulated candidates. In each world a champion serves that learned from 3000 rows; candidates of
 * all kinds but the better one come one after the other in random order, from fresh rows each, and share one error budget. Then the world
 * changes, the budget begins again, and a candidate that learned from the changed world comes. All candidates of a world are compared with
 * the same champion, so that nothing that one does helps or hurts the next. The gates are those that training-service uses.
 */
public final class GateStudy {
    private static final double STRENGTH = 0.18;
    private static final int CHAMPION_ROWS = 3000;
    private static final int TRUTH_CONTEXTS = 3000;
    private static final int REQUESTS = 50;
    private static final int LOOK_EVERY = 50;
    private static final int MINIMUM_ROWS = 500;

    private final StudySettings settings;
    private final long seed;
    private final LongSupplier nanos;

    /** @param nanos a clock for the latency of answers */
    public GateStudy(StudySettings settings, long seed, LongSupplier nanos) {
        this.settings = settings;
        this.seed = seed;
        this.nanos = nanos;
    }

    public static int perWorld() {
        return Kind.values().length;
    }

    /** @param done told after each world how many candidates it had */
    public StudyResult run(IntConsumer done) {
        List<Outcome> outcomes = new ArrayList<>();
        int worlds = (settings.candidates() + perWorld() - 1) / perWorld();
        for (int world = 0; world < worlds; world++) {
            outcomes.addAll(world(world));
            done.accept(perWorld());
        }
        return StudyResult.of(settings, outcomes);
    }

    private List<Outcome> world(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        World world = World.draw(random, STRENGTH);
        // Some change a little and some all: worth and loss of candidates are of all sizes.
        World elsewhere = world.towards(World.draw(random, STRENGTH), random.nextDouble());
        World later = world.towards(World.draw(random, STRENGTH), random.nextDouble());
        Policy champion = Trained.on(world.log(Policy.uniform(), CHAMPION_ROWS, random), 1)
                .policy();
        List<Kind> bad = new ArrayList<>(List.of(Kind.values()));
        bad.remove(Kind.BETTER);
        Collections.shuffle(bad, random);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < bad.size(); i++) {
            Planted planted = Planted.draw(bad.get(i), world, elsewhere, champion, settings.rows(), random);
            outcomes.add(outcome(number, planted, world, champion, i + 1, random));
        }
        // The change of the world restarts the budget: this candidate is the first again.
        Planted better = Planted.draw(Kind.BETTER, later, world, champion, settings.rows(), random);
        outcomes.add(outcome(number, better, later, champion, 1, random));
        return outcomes;
    }

    private Outcome outcome(int number, Planted planted, World world, Policy champion, int candidate, Random random) {
        Policy policy = planted.model().policy();
        double own = 0;
        double theirs = 0;
        for (int i = 0; i < TRUTH_CONTEXTS; i++) {
            Map<String, Object> context = planted.request(random);
            own += world.value(policy, context) / TRUTH_CONTEXTS;
            theirs += world.value(champion, context) / TRUTH_CONTEXTS;
        }
        double level = ErrorBudget.DEFAULT.level(candidate);
        Set<String> refused = new LinkedHashSet<>();
        refuse(data(planted, random), refused);
        refuse(
                new ServingGate(Duration.ofMillis(5), nanos)
                        .judge(
                                planted.model().artifact().toBytes(),
                                planted.model().answers()),
                refused);
        Verdict closed = quality(planted, policy, champion, level, false);
        boolean passes = closed.passed()
                || quality(planted, policy, champion, level, true).passed();
        boolean others = refused.isEmpty();
        refuse(closed, refused);
        Live live = live(planted, world, policy, champion, theirs, level, random);
        boolean canary = others && passes && Boolean.TRUE.equals(live.promoted);
        return new Outcome(
                planted.kind(),
                number,
                own - theirs,
                theirs,
                refused,
                others && closed.passed(),
                live.promoted,
                live.events,
                canary);
    }

    private static void refuse(Verdict verdict, Set<String> refused) {
        if (!verdict.passed()) {
            refused.add(verdict.gate());
        }
    }

    private static Verdict data(Planted planted, Random random) {
        DataGate gate = new DataGate(true);
        planted.rows().forEach(gate::add);
        planted.held().forEach(gate::addNewest);
        for (int i = 0; i < REQUESTS; i++) {
            gate.addRequest(planted.request(random));
        }
        return gate.verdict(DataLimits.of(MINIMUM_ROWS, 5));
    }

    private Verdict quality(Planted planted, Policy policy, Policy champion, double level, boolean liveDecides) {
        Thresholds thresholds = new Thresholds(settings.tolerance(), 0, 0.1, level);
        double mean =
                planted.rows().stream().mapToDouble(JudgedRow::reward).average().orElse(0);
        return new BanditQuality(RewardRange.UNIT, thresholds, List.of(), liveDecides)
                .judge(planted.held(), policy, Optional.of(champion), mean);
    }

    private record Live(Boolean promoted, int events) {}

    /** The mixture decides, and each of its decisions counts for both policies. */
    private Live live(
            Planted planted,
            World world,
            Policy policy,
            Policy champion,
            double championValue,
            double level,
            Random random) {
        double share = settings.canaryShare();
        LiveComparison comparison =
                LiveComparison.ofMixture(RewardRange.UNIT, share, share, settings.tolerance() * championValue, level);
        for (int event = 1; event <= settings.liveEvents(); event++) {
            Map<String, Object> context = planted.request(random);
            Distribution own = policy.distribution(context, World.ACTIONS);
            Distribution theirs = champion.distribution(context, World.ACTIONS);
            Distribution drawn = random.nextDouble() < share ? own : theirs;
            int action = drawn.sample(random.nextDouble());
            double logged = share * own.probability(action) + (1 - share) * theirs.probability(action);
            comparison.decision(
                    own.probability(action), theirs.probability(action), logged, world.reward(context, action, random));
            if (event % LOOK_EVERY == 0) {
                Evidence evidence = comparison.evidence(0);
                if (evidence != Evidence.OPEN) {
                    return new Live(evidence.promotes(), event);
                }
            }
        }
        return new Live(null, settings.liveEvents());
    }
}
