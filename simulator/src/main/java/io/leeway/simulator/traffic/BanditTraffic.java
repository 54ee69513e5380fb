package io.leeway.simulator.traffic;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.rest.DecisionAnswer;
import io.leeway.simulator.world.BanditWorld;
import io.leeway.simulator.world.Shift;
import io.leeway.simulator.world.Visit;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The users of a bandit world: they ask the prediction-service, do as it says, and send back their rewards. Every request
 * is accounted for. One phase at a time; the world may be shifted from any thread while a phase runs.
 */
public final class BanditTraffic implements AutoCloseable {

    private static final double SUM_TOLERANCE = 1e-6;

    private final LoopClient client;
    private final TrafficOptions options;
    private final Workers workers;
    private final List<Consumer<DecisionAccount>> listeners = new CopyOnWriteArrayList<>();
    private volatile BanditWorld world;

    public BanditTraffic(LoopClient client, BanditWorld world, TrafficOptions options) {
        this(client, world, options, 0);
    }

    /**
     * Traffic from a later moment on.
     *
     * @param firstMoment moment of the first visit, when those before it were used otherwise (to generate a data set)
     */
    public BanditTraffic(LoopClient client, BanditWorld world, TrafficOptions options, long firstMoment) {
        this.client = client;
        this.world = world;
        this.options = options;
        this.workers = new Workers(options, firstMoment);
    }

    /** No new request is begun while this holds; asked often, from the workers' threads. */
    public void holdWhile(BooleanSupplier condition) {
        workers.holdWhile(condition);
    }

    /** Told of every request as it is done, from the worker's thread. */
    public void listen(Consumer<DecisionAccount> listener) {
        listeners.add(listener);
    }

    /** The world as it is now. */
    public BanditWorld world() {
        return world;
    }

    /** The moment of the next visit. */
    public long moment() {
        return workers.next();
    }

    /**
     * Changes the tastes from the next visit on.
     *
     * @param window number of visits over which the change takes hold; 0 for at once
     * @return the moment from which it begins
     */
    public synchronized long shift(long window, long seed) {
        long from = workers.next();
        world = world.shifted(new Shift(from, window, seed));
        return from;
    }

    /** Drives this many decisions. */
    public List<DecisionAccount> run(String phase, long decisions) throws InterruptedException {
        return runUntil(phase, decisions, () -> false);
    }

    /** Drives decisions until the condition holds (asked before each, from the workers' threads) or there were as many as allowed. */
    public List<DecisionAccount> runUntil(String phase, long atMost, BooleanSupplier until)
            throws InterruptedException {
        return workers.run(atMost, until, moment -> {
            DecisionAccount account = ask(phase, moment);
            listeners.forEach(listener -> listener.accept(account));
            return account;
        });
    }

    private DecisionAccount ask(String phase, long moment) throws InterruptedException {
        BanditWorld now = world;
        Visit visit = now.visit(moment);
        String eventId = options.run() + "-" + moment;
        Instant asked = Instant.now();
        long started = System.nanoTime();
        try {
            DecisionAnswer answer = client.decide(eventId, visit.context(), visit.actions());
            long micros = (System.nanoTime() - started) / 1000;
            String flaw = flaw(visit, answer, eventId);
            if (!flaw.isEmpty()) {
                return unanswered(phase, visit, eventId, asked, micros, Account.Fate.INVALID, flaw);
            }
            int action = visit.indexOf(answer.action());
            double reward = now.reward(visit, action);
            String rewardFailure = reward(eventId, reward);
            return new DecisionAccount(
                    moment,
                    phase,
                    eventId,
                    asked,
                    micros,
                    answer.modelVersion(),
                    rewardFailure.isEmpty() ? Account.Fate.DONE : Account.Fate.REWARD_FAILED,
                    rewardFailure,
                    answer.action(),
                    answer.probability(),
                    reward,
                    visit.expected(action),
                    visit.bestValue(),
                    visit.uniformValue());
        } catch (CallFailedException failed) {
            long micros = (System.nanoTime() - started) / 1000;
            return unanswered(phase, visit, eventId, asked, micros, Account.Fate.FAILED, failed.getMessage());
        }
    }

    private String reward(String eventId, double reward) throws InterruptedException {
        try {
            client.reward(eventId, reward);
            return "";
        } catch (CallFailedException failed) {
            return failed.getMessage();
        }
    }

    /** What cannot be in an answer; empty when all of it can. */
    private static String flaw(Visit visit, DecisionAnswer answer, String eventId) {
        if (!eventId.equals(answer.eventId())) {
            return "must be answered under its own id: asked=" + eventId + ", answered=" + answer.eventId();
        }
        double sum = 0;
        double chosen = 0;
        for (ActionProbability entry : answer.ranking()) {
            sum += entry.probability();
            chosen = entry.action().equals(answer.action()) ? entry.probability() : chosen;
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            return "probabilities must add up to 1: sum=" + sum;
        }
        if (!(chosen > 0) || chosen != answer.probability()) {
            return "must be chosen with its probability in the ranking: probability=" + answer.probability()
                    + ", ranking=" + chosen;
        }
        boolean offered =
                visit.actions().stream().anyMatch(action -> action.id().equals(answer.action()));
        return offered ? "" : "must be an offered action: action=" + answer.action();
    }

    private static DecisionAccount unanswered(
            String phase, Visit visit, String eventId, Instant asked, long micros, Account.Fate fate, String failure) {
        return new DecisionAccount(
                visit.moment(),
                phase,
                eventId,
                asked,
                micros,
                0,
                fate,
                failure,
                "",
                0,
                Double.NaN,
                Double.NaN,
                visit.bestValue(),
                visit.uniformValue());
    }

    @Override
    public void close() {
        workers.close();
    }
}
