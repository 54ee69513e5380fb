package io.leeway.prediction;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A decision that was made, from before it is logged until it is forgotten. Thread safe. Invariant: whatever number of calls ask
 * for it, it is appended once, and once more only after the log has said that it failed; always the same decision, and none once it has been
 * given up or answered unlogged.
 */
public final class Remembered {
    private final RequestDigest digest;
    private final int actions;
    private final Supplier<Decision> later;
    private volatile Decision decision;
    private CompletableFuture<Void> logged;

    /** Whether it may stand in the log: the log had room for it once. */
    private boolean taken;

    private boolean givenUp;

    Remembered(RequestDigest digest, Decision decision) {
        this.digest = digest;
        this.actions = decision.slots().isEmpty()
                ? 0
                : decision.slots().get(0).probabilities().size();
        this.later = null;
        this.decision = decision;
    }

    private Remembered(RequestDigest digest, int actions, Supplier<Decision> later) {
        this.digest = digest;
        this.actions = actions;
        this.later = later;
        this.logged = new CompletableFuture<>();
    }

    /**
     * A decision that its maker logs himself, and then calls {@link #logged} or {@link #notLogged}.
     *
     * @param later gives the decision without its inputs, if anybody asks for it again
     */
    static Remembered ofAnswer(RequestDigest digest, int actions, Supplier<Decision> later) {
        return new Remembered(digest, actions, later);
    }

    /** The same, from the answer that the caller gets. */
    public static Remembered ofAnswer(RequestDigest digest, int actions, Loop loop, boolean deferred, byte[] answer) {
        return ofAnswer(digest, actions, new RememberedAnswer(loop.salt(), loop.revision(), deferred, answer));
    }

    /** It stands in the log. */
    public synchronized void logged() {
        logged.complete(null);
    }

    /** It does not, and never will: whoever waits for it has to ask again. */
    public synchronized void notLogged() {
        logged.completeExceptionally(new IllegalStateException("the log did not take it"));
    }

    /** How many actions it has probabilities of. */
    int actions() {
        return actions;
    }

    RequestDigest digest() {
        return digest;
    }

    boolean answers(RequestDigest asked) {
        return digest.equals(asked);
    }

    /** Without context and actions once it has been logged: an answer does not need them, and they are most of its size. */
    Decision decision() {
        return decision == null ? later.get() : decision;
    }

    synchronized boolean isLogged() {
        return logged != null && logged.isDone() && !logged.isCompletedExceptionally();
    }

    /** Logs the decision unless that has been done, is on its way or has been given up. */
    synchronized CompletableFuture<Void> log(Function<Decision, CompletableFuture<?>> append) {
        if (later == null && !givenUp && (logged == null || logged.isCompletedExceptionally())) {
            CompletableFuture<?> appended = append.apply(decision);
            taken |= !isRefused(appended);
            logged = appended.thenRun(() -> decision = withoutInputs(decision));
        }
        return logged;
    }

    private static boolean isRefused(CompletableFuture<?> appended) {
        return appended.handle((done, failure) -> failure instanceof LogFullException
                        || failure != null && failure.getCause() instanceof LogFullException)
                .getNow(false);
    }

    /**
     * Never logs the decision any more, unless it may stand in the log; whoever still waits for it is refused. A refused decision is not
     * kept: it has all its inputs, and there may be many.
     */
    synchronized boolean giveUp(LogUnavailableException why) {
        if (later != null || taken || givenUp) {
            return false;
        }
        givenUp = true;
        logged = CompletableFuture.failedFuture(why);
        return true;
    }

    /** It has been answered though the log had no room, and is not logged any more; its inputs are not needed then. */
    synchronized void answeredUnlogged() {
        if (later == null && !taken && !givenUp) {
            decision = withoutInputs(decision);
            logged = CompletableFuture.completedFuture(null);
        }
    }

    private static Decision withoutInputs(Decision d) {
        return d.toBuilder()
                .context(null)
                .actions(null)
                .excluded(null)
                .components(null)
                .drawnComponent(null)
                .shadows(null)
                .other(null)
                .build();
    }
}
