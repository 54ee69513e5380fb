package io.leeway.prediction;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A decision that was made, from before it is logged until it is forgotten. Thread safe. Invariant: whatever number of calls ask
 * for it, it is appended once, and once more only after the log has said that it failed; always the same decision.
 */
public final class Remembered {
    private final RequestDigest digest;
    private final int actions;
    private final Supplier<Decision> later;
    private volatile Decision decision;
    private CompletableFuture<Void> logged;

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

    /** Logs the decision unless that has been done or is on its way. */
    synchronized CompletableFuture<Void> log(Function<Decision, CompletableFuture<?>> append) {
        if (later == null && (logged == null || logged.isCompletedExceptionally())) {
            logged = append.apply(decision).thenRun(() -> decision = withoutInputs(decision));
        }
        return logged;
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
