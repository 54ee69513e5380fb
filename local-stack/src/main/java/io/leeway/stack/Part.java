package io.leeway.stack;

import io.leeway.stack.PartState.Condition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A process under supervision with its history; knows how to be started again. Thread safe. */
final class Part {
    private final String name;
    private final int port;
    private final Path logFile;
    private final Signal stopSignal;
    private final Duration stopGrace;
    private final Supplier<ChildProcess> starter;
    private final List<Instant> crashes = new ArrayList<>();

    private ChildProcess process;
    private Condition condition = Condition.DOWN;
    private double startSeconds;

    /** @param starter returns when the process is ready, or throws and leaves none behind */
    Part(String name, int port, Path logFile, Signal stopSignal, Duration stopGrace, Supplier<ChildProcess> starter) {
        this.name = name;
        this.port = port;
        this.logFile = logFile;
        this.stopSignal = stopSignal;
        this.stopGrace = stopGrace;
        this.starter = starter;
    }

    static Part broker(StackPlan plan) {
        Path log = plan.logFile(Broker.NAME);
        return new Part(Broker.NAME, plan.brokerPort(), log, Signal.TERM, Broker.STOP_GRACE, () -> Broker.start(
                        plan.home().resolve(Broker.NAME), plan.brokerPort(), log, plan.cacheDir(), plan.jvmOptions())
                .process());
    }

    static Part database(StackPlan plan) {
        Path log = plan.logFile(Database.NAME);
        return new Part(Database.NAME, plan.databasePort(), log, Signal.INT, Database.STOP_GRACE, () -> Database.start(
                        plan.home().resolve(Database.NAME), plan.databasePort(), log, plan.cacheDir())
                .process());
    }

    static Part service(StackPlan plan, ServicePlan service) {
        return new Part(
                service.name(),
                service.port(),
                plan.logFile(service.name()),
                Signal.TERM,
                ServiceProcess.STOP_GRACE,
                () -> ServiceProcess.start(plan, service));
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    synchronized Optional<ChildProcess> process() {
        return Optional.ofNullable(process);
    }

    synchronized PartState state() {
        return new PartState(
                name,
                condition,
                process == null ? null : process.identity(),
                stopSignal,
                port,
                process == null ? null : process.startedAt(),
                startSeconds,
                crashes.size(),
                logFile.toString());
    }

    synchronized void is(Condition next) {
        condition = next;
    }

    /** Starts the process and returns it when it is ready. */
    ChildProcess start() {
        long begin = System.nanoTime();
        ChildProcess started = starter.get();
        synchronized (this) {
            process = started;
            condition = Condition.UP;
            startSeconds = (System.nanoTime() - begin) / 1e9;
        }
        return started;
    }

    /** Notes a crash and says when to start again; nothing if the process is to stay down. */
    synchronized Optional<Duration> crashed(Instant now, RestartPolicy policy) {
        process = null;
        crashes.add(now);
        Optional<Duration> pause = policy.pause(crashes, now);
        condition = pause.isPresent() ? Condition.CRASHED : Condition.FAILED;
        return pause;
    }

    void stop() {
        ChildProcess running;
        synchronized (this) {
            running = process;
            process = null;
            condition = Condition.DOWN;
        }
        if (running != null) {
            running.stop(stopGrace);
        }
    }

    /** Whether the process is the one that this part counts as its own: false once it is being stopped on purpose. */
    synchronized boolean owns(ChildProcess candidate) {
        return process == candidate;
    }
}
