package io.leeway.cli.demo;

import io.leeway.cli.CommandException;
import io.leeway.simulator.traffic.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Traffic that goes on in the background until it is stopped, and the accounts of it so far. Thread safe. */
final class LiveTraffic<A extends Account> {
    private final List<A> accounts = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final CompletableFuture<List<A>> all = new CompletableFuture<>();

    /** Drives traffic until the condition holds. */
    interface Drive<A> {
        List<A> until(BooleanSupplier stop) throws InterruptedException;
    }

    LiveTraffic(Drive<A> drive, Consumer<Consumer<A>> listen) {
        listen.accept(this::add);
        Thread driver = new Thread(
                () -> {
                    try {
                        all.complete(drive.until(stop::get));
                    } catch (InterruptedException | RuntimeException e) {
                        all.completeExceptionally(e);
                    }
                },
                "live-traffic");
        driver.setDaemon(true);
        driver.start();
    }

    /** Returns when this many requests have been made since the start, or the traffic has run out. */
    synchronized void await(long count) throws InterruptedException {
        while (accounts.size() < count && !all.isDone()) {
            wait(500);
        }
    }

    synchronized long count() {
        return accounts.size();
    }

    synchronized long count(Predicate<A> which) {
        return accounts.stream().filter(which).count();
    }

    /** The earliest request of this kind. */
    synchronized Optional<A> first(Predicate<A> which) {
        return accounts.stream().filter(which).findFirst();
    }

    /** Whether there is nothing more to ask. */
    boolean ended() {
        return all.isDone();
    }

    /** Ends the traffic and returns all of its accounts in order. */
    List<A> stop() throws InterruptedException {
        stop.set(true);
        try {
            return all.get();
        } catch (ExecutionException e) {
            throw new CommandException("traffic broke off: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private synchronized void add(A account) {
        accounts.add(account);
        notifyAll();
    }
}
