package io.leeway.endtoend;

import io.leeway.simulator.traffic.Account;
import io.leeway.simulator.traffic.BanditTraffic;
import io.leeway.simulator.traffic.DecisionAccount;
import io.leeway.simulator.traffic.LoopClient;
import io.leeway.simulator.traffic.TrafficOptions;
import io.leeway.simulator.world.BanditWorld;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Users of one loop who ask several predictors at the same time, in the background, until they are told to stop. */
final class Users implements AutoCloseable {
    private final List<BanditTraffic> traffics = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<DecisionAccount> accounts = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean stop = new AtomicBoolean();

    Users(String loop, List<URI> predictors, BanditWorld world, double perSecond) {
        for (int i = 0; i < predictors.size(); i++) {
            TrafficOptions options = TrafficOptions.defaults()
                    .withWorkers(3)
                    .withPerSecond(perSecond / predictors.size())
                    .withRun("users-" + i);
            LoopClient client = new LoopClient(predictors.get(i), loop, Duration.ofSeconds(10));
            BanditTraffic traffic = new BanditTraffic(client, world, options, i * 10_000_000L);
            traffic.listen(accounts::add);
            traffics.add(traffic);
        }
    }

    void begin() {
        for (BanditTraffic traffic : traffics) {
            Thread thread = new Thread(() -> drive(traffic), "users");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void drive(BanditTraffic traffic) {
        try {
            traffic.runUntil("live", Integer.MAX_VALUE, stop::get);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tastes move for everybody. */
    void shift(long seed) {
        traffics.forEach(traffic -> traffic.shift(0, seed));
    }

    List<DecisionAccount> accounts() {
        synchronized (accounts) {
            return List.copyOf(accounts);
        }
    }

    List<DecisionAccount> failed() {
        return accounts().stream()
                .filter(account -> account.fate() != Account.Fate.DONE)
                .toList();
    }

    /** Answers by this version, from every predictor. */
    boolean everyPredictorServes(long version) {
        return traffics.size()
                == accounts().stream()
                        .filter(account -> account.answered() && account.modelVersion() >= version)
                        .map(account -> account.moment() / 10_000_000L)
                        .distinct()
                        .count();
    }

    /** Mean regret of the answers by this version that were asked after so many others. */
    double regret(long version, int from) {
        return accounts().stream()
                .skip(from)
                .filter(account -> account.answered() && account.modelVersion() == version)
                .mapToDouble(DecisionAccount::regret)
                .average()
                .orElse(Double.NaN);
    }

    void end() throws InterruptedException {
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() {
        stop.set(true);
        traffics.forEach(BanditTraffic::close);
    }
}
