package io.leeway.simulator.traffic;

import io.leeway.contracts.rest.PredictionAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Clients who ask what to expect, and later tell what came: a list of examples, streamed in order. Every request is
 * accounted for. One phase at a time.
 */
public final class RegressionTraffic implements AutoCloseable {

    private final LoopClient client;
    private final List<Example> examples;
    private final TrafficOptions options;
    private final Workers workers;
    private final List<Consumer<PredictionAccount>> listeners = new CopyOnWriteArrayList<>();

    /** What is known, and what came of it. */
    public record Example(Map<String, Object> context, double truth) {
        public Example {
            if (!Double.isFinite(truth)) {
                throw new IllegalArgumentException("must be finite: truth=" + truth);
            }
        }
    }

    public RegressionTraffic(LoopClient client, List<Example> examples, TrafficOptions options) {
        this.client = client;
        this.examples = List.copyOf(examples);
        this.options = options;
        this.workers = new Workers(options, 0);
    }

    /** No new request is begun while this holds; asked often, from the workers' threads. */
    public void holdWhile(BooleanSupplier condition) {
        workers.holdWhile(condition);
    }

    /** Told of every request as it is done, from the worker's thread. */
    public void listen(Consumer<PredictionAccount> listener) {
        listeners.add(listener);
    }

    /** Index of the example that comes next. */
    public long moment() {
        return workers.next();
    }

    /** Examples that are left. */
    public long left() {
        return examples.size() - workers.next();
    }

    /** Drives this many predictions, or as many as there are examples left. */
    public List<PredictionAccount> run(String phase, long predictions) throws InterruptedException {
        return runUntil(phase, predictions, () -> false);
    }

    /** Drives predictions until the condition holds (asked before each, from the workers' threads) or there were as many as allowed. */
    public List<PredictionAccount> runUntil(String phase, long atMost, BooleanSupplier until)
            throws InterruptedException {
        return workers.run(Math.min(atMost, left()), until, moment -> {
            PredictionAccount account = ask(phase, moment);
            listeners.forEach(listener -> listener.accept(account));
            return account;
        });
    }

    private PredictionAccount ask(String phase, long moment) throws InterruptedException {
        Example example = examples.get((int) moment);
        String eventId = options.run() + "-" + moment;
        Instant asked = Instant.now();
        long started = System.nanoTime();
        long micros = 0;
        double prediction = Double.NaN;
        long version = 0;
        Account.Fate fate = Account.Fate.FAILED;
        String failure = "";
        try {
            PredictionAnswer answer = client.predict(eventId, example.context());
            micros = (System.nanoTime() - started) / 1000;
            prediction = answer.prediction() == null ? Double.NaN : answer.prediction();
            version = answer.modelVersion();
            fate = Account.Fate.REWARD_FAILED;
            client.reward(eventId, example.truth());
            fate = Account.Fate.DONE;
        } catch (CallFailedException failed) {
            micros = micros == 0 ? (System.nanoTime() - started) / 1000 : micros;
            failure = failed.getMessage();
        }
        return new PredictionAccount(
                moment, phase, eventId, asked, micros, version, fate, failure, prediction, example.truth());
    }

    @Override
    public void close() {
        workers.close();
    }
}
