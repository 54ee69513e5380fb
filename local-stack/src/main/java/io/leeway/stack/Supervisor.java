package io.leeway.stack;

import io.leeway.stack.PartState.Condition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs a stack: starts broker, database, topics and services, starts again what crashes, and stops all of it, services
 * first, when it is closed or the JVM is told to end. Thread safe.
 *
 * <p>Invariants: one supervisor per home folder (a file lock); {@code stack.json} there is rewritten at every change; no
 * part is started once closing has begun.
 */
public final class Supervisor implements AutoCloseable {
    private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(15);
    private static final int START_THREADS = 16;

    private final StackPlan plan;
    private final Consumer<PartState> listener;
    private final RestartPolicy restartPolicy;
    private final Instant startedAt = Instant.now();
    private final List<Part> parts = new ArrayList<>();
    private final ScheduledExecutorService starters =
            Executors.newScheduledThreadPool(START_THREADS, Supervisor::daemon);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::close, "stack-shutdown");
    private final FolderLock lock;

    private Supervisor(StackPlan plan, Consumer<PartState> listener, RestartPolicy restartPolicy) {
        this.plan = plan;
        this.listener = listener;
        this.restartPolicy = restartPolicy;
        this.lock = FolderLock.take(plan.home());
        parts.add(Part.broker(plan));
        parts.add(Part.database(plan));
        plan.services().forEach(service -> parts.add(Part.service(plan, service)));
    }

    /**
     * Starts a stack and returns when every part is ready; if one fails, everything is stopped again.
     *
     * @param listener told of each change of a part, one call at a time
     * @throws PortTakenException naming all taken ports with their owners, before anything is started
     */
    public static Supervisor start(StackPlan plan, Consumer<PartState> listener) {
        return start(plan, listener, RestartPolicy.DEFAULT);
    }

    /** As {@link #start(StackPlan, Consumer)}, with another rule for crashes. */
    public static Supervisor start(StackPlan plan, Consumer<PartState> listener, RestartPolicy restartPolicy) {
        RunningStack.find(plan.home()).ifPresent(running -> {
            throw new StackException("must not be running already: home=" + plan.home() + ", pid="
                    + running.state().supervisor().pid());
        });
        Supervisor supervisor = new Supervisor(plan, listener, restartPolicy);
        Runtime.getRuntime().addShutdownHook(supervisor.hook);
        try {
            supervisor.startAll();
            return supervisor;
        } catch (RuntimeException e) {
            supervisor.close();
            throw e;
        }
    }

    public StackPlan plan() {
        return plan;
    }

    public String bootstrapServers() {
        return Ports.HOST + ":" + plan.brokerPort();
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://" + Ports.HOST + ":" + plan.databasePort() + "/" + Database.DATABASE;
    }

    /** Where a service answers HTTP: {@code http://127.0.0.1:8081}. */
    public URI url(String name) {
        return URI.create("http://" + Ports.HOST + ":" + part(name).port());
    }

    public URI url(Service service) {
        return url(service.moduleName());
    }

    /** The parts as they are now, in the order of their start. */
    public List<PartState> parts() {
        return parts.stream().map(Part::state).toList();
    }

    /** Stops one part in good order and leaves it down until it is started. */
    public void stop(String name) {
        part(name).stop();
        changed(part(name));
    }

    /** Starts a part that was stopped, and returns when it is ready. */
    public void start(String name) {
        startPart(part(name));
    }

    /** Ends a part as a power failure would; it is started again like after any crash. */
    public void kill(String name) {
        part(name).process().ifPresent(ChildProcess::kill);
    }

    /** Returns when the stack has been stopped, by whomever. */
    public void awaitStop() throws InterruptedException {
        closed.await();
    }

    /** Stops the services, then broker and database; a second caller waits until the first has done it. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitClosed();
            return;
        }
        try {
            interruptStarts();
            stopTogether(services());
            stopTogether(foundation());
            Files.deleteIfExists(plan.stateFile());
        } catch (IOException e) {
            throw new StackException("must be removable: " + plan.stateFile(), e);
        } finally {
            lock.close();
            closed.countDown();
            removeHook();
        }
    }

    private void startAll() {
        Ports.requireFree(plan.ownersByPort());
        if (plan.fresh()) {
            lock.empty();
        }
        startTogether(foundation());
        TopicSetup.create(bootstrapServers(), plan.partitions());
        startTogether(services());
    }

    private List<Part> foundation() {
        return parts.subList(0, 2);
    }

    private List<Part> services() {
        return parts.subList(2, parts.size());
    }

    private void stopTogether(List<Part> group) {
        List<Thread> stops = new ArrayList<>();
        for (Part part : group) {
            Thread stop = new Thread(
                    () -> {
                        part.stop();
                        changed(part);
                    },
                    "stop-" + part.name());
            stop.start();
            stops.add(stop);
        }
        for (Thread stop : stops) {
            joinThroughInterruptions(stop);
        }
    }

    /** Starts parts that do not need each other at the same time; the first failure counts. */
    private void startTogether(List<Part> group) {
        var starts = new ExecutorCompletionService<Void>(starters);
        group.forEach(part -> starts.submit(() -> startPart(part), null));
        try {
            for (int i = 0; i < group.size(); i++) {
                starts.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new StackException("must be startable: " + plan.home(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while starting", e);
        }
    }

    private void startPart(Part part) {
        if (closing.get()) {
            throw new StackException("must not be closing: " + part.name());
        }
        part.is(Condition.STARTING);
        changed(part);
        ChildProcess process = part.start();
        changed(part);
        process.onExit(() -> ended(part, process));
    }

    private void ended(Part part, ChildProcess process) {
        if (!closing.get() && part.owns(process)) {
            startAgain(part);
        }
    }

    private void startAgain(Part part) {
        var pause = part.crashed(Instant.now(), restartPolicy);
        changed(part);
        pause.ifPresent(wait -> schedule(part, wait));
    }

    private void schedule(Part part, Duration wait) {
        if (!closing.get()) {
            var unused = starters.schedule(() -> restart(part), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void restart(Part part) {
        if (part.state().condition() != Condition.CRASHED) {
            return; // stopped on purpose, or started by hand, meanwhile
        }
        try {
            startPart(part);
        } catch (StackException e) {
            if (!closing.get()) {
                startAgain(part);
            }
        }
    }

    private synchronized void changed(Part part) {
        new StackState(ProcessIdentity.current(), startedAt, bootstrapServers(), jdbcUrl(), parts())
                .write(plan.stateFile());
        listener.accept(part.state());
    }

    private Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be a part of the stack: name=" + name + ", parts="
                        + parts.stream().map(Part::name).toList()));
    }

    private void interruptStarts() {
        starters.shutdownNow();
        try {
            boolean unused = starters.awaitTermination(INTERRUPT_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: this is the hook at work, or it waits for this call.
        }
    }

    private static void joinThroughInterruptions(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "stack-starter");
        thread.setDaemon(true);
        return thread;
    }
}
