package io.leeway.simulator;

import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.TrainingSettings;
import io.leeway.report.Progress;
import io.leeway.simulator.traffic.BanditPhase;
import io.leeway.simulator.traffic.BanditTraffic;
import io.leeway.simulator.traffic.CallFailedException;
import io.leeway.simulator.traffic.DecisionAccount;
import io.leeway.simulator.traffic.LoopClient;
import io.leeway.simulator.traffic.TrafficOptions;
import io.leeway.simulator.world.BanditWorld;
import io.leeway.simulator.world.DriftWorld;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Steady traffic of the drift world against running services, until told to stop: what {@code ./leeway simulate} and the
 * compose profile {@code simulator} run. Makes its loop if it is not there, and changes the world now and then.
 */
public final class Simulator {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int FEEDBACKS_BETWEEN_TRAININGS = 3000;

    private final SimulatorConfig config;
    private final PrintStream out;
    private final CountDownLatch stop = new CountDownLatch(1);

    public Simulator(SimulatorConfig config, PrintStream out) {
        this.config = config;
        this.out = out;
    }

    public static void main(String[] arguments) throws InterruptedException {
        SimulatorConfig config;
        try {
            config = SimulatorConfig.of(List.of(arguments), System.getenv());
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.println(SimulatorConfig.USAGE);
            System.exit(2);
            return;
        }
        Simulator simulator = new Simulator(config, System.out);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            simulator.stop();
            try {
                ended.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }));
        boolean done;
        try {
            done = simulator.run();
        } finally {
            ended.countDown();
        }
        System.exit(done ? 0 : 1);
    }

    /** Ends the traffic after the requests that are under way. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Drives traffic until stopped, or as many decisions as the configuration allows.
     *
     * @return false when the services could not be reached in time
     */
    public boolean run() throws InterruptedException {
        TrafficOptions options =
                TrafficOptions.defaults().withWorkers(config.workers()).withPerSecond(config.perSecond());
        BanditWorld world = new DriftWorld(config.seed());
        LoopClient client = new LoopClient(config.prediction(), config.loop(), options.timeout());
        if (!ensureLoop(client, world)) {
            return false;
        }
        if (stopped()) {
            return true;
        }
        say("loop %s at %s, %.0f decisions a second", config.loop(), config.prediction(), config.perSecond());
        try (BanditTraffic traffic = new BanditTraffic(client, world, options)) {
            drive(traffic);
        }
        return true;
    }

    private void drive(BanditTraffic traffic) throws InterruptedException {
        long shifts = 0;
        while (!stopped() && traffic.moment() < config.decisions()) {
            Instant report = Instant.now().plus(config.reportEvery());
            long untilShift =
                    config.shiftEvery() == 0 ? Long.MAX_VALUE : (shifts + 1) * config.shiftEvery() - traffic.moment();
            long atMost = Math.min(untilShift, config.decisions() - traffic.moment());
            List<DecisionAccount> accounts = traffic.runUntil(
                    "traffic",
                    Math.min(atMost, Integer.MAX_VALUE),
                    () -> stopped() || !Instant.now().isBefore(report));
            report(traffic.moment(), accounts);
            if (config.shiftEvery() > 0 && traffic.moment() >= (shifts + 1) * config.shiftEvery()) {
                shifts++;
                // Every second change is a gradual one.
                long window = shifts % 2 == 0 ? config.shiftEvery() / 4 : 0;
                traffic.shift(window, config.seed() + shifts);
                say("the world changes%s", window == 0 ? "" : " over " + window + " decisions");
            }
        }
    }

    private void report(long moment, List<DecisionAccount> accounts) {
        BanditPhase phase = BanditPhase.of("traffic", accounts);
        if (phase.decisions() == 0) {
            return;
        }
        say(
                "%,d decisions, %d failed, reward %.3f (uniform %.3f, best %.3f), versions %s, p99 %.1f ms",
                moment,
                phase.failed() + phase.rewardsFailed(),
                phase.averageReward(),
                phase.uniformValue(),
                phase.bestValue(),
                phase.modelVersions().keySet(),
                phase.latency().p99());
        accounts.stream()
                .filter(account -> !account.failure().isEmpty())
                .findFirst()
                .ifPresent(account -> say("  such as %s", account.failure()));
    }

    /** Waits for the services, which may still be starting, and for the predictors to hear of the loop. */
    private boolean ensureLoop(LoopClient client, BanditWorld world) throws InterruptedException {
        long started = System.nanoTime();
        while (!stopped()) {
            String lacking;
            try {
                if (client.ensure(config.training(), settings(world))) {
                    say("made the loop %s", config.loop());
                }
                if (client.known()) {
                    return true;
                }
                lacking = "the prediction-service does not know the loop " + config.loop();
            } catch (CallFailedException failed) {
                lacking = failed.getMessage();
            }
            long waited = System.nanoTime() - started;
            if (waited > config.patience().toNanos()) {
                say("gave up after %s: %s", Progress.duration(waited), lacking);
                return false;
            }
            stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    /** Trains by itself: the first model comes after two and a half minutes at the default rate. */
    private static LoopSettings settings(BanditWorld world) {
        RewardSettings reward =
                new RewardSettings(Duration.ofSeconds(10), null, null, true, null, null, world.rewardRange());
        return LoopSettings.builder(LoopKind.BANDIT)
                .description("simulated traffic")
                .actions(world.actions())
                .reward(reward)
                .training(TrainingSettings.afterEvery(FEEDBACKS_BETWEEN_TRAININGS))
                .other(Map.of())
                .build();
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
