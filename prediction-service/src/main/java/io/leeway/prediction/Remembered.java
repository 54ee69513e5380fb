package io.leeway.prediction;

import io.leeway.contracts.Decision;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A decision that was made, from before it is logged until it is forgotten. Thread safe. Invariant: whatever number of calls ask
 * for it, it is appended once, and once more only after the log has said that it failed; always the same decision.
 */
final class Remembered {
    private final RequestDigest digest;
    private volatile Decision decision;
    private CompletableFuture<Void> logged;

    Remembered(RequestDigest digest, Decision decision) {
        this.digest = digest;
        this.decision = decision;
    }

    boolean answers(RequestDigest asked) {
        return digest.equals(asked);
    }

    /** Without context and actions once it has been logged: an answer does not need them, and they are most of its size. */
    Decision decision() {
        return decision;
    }

    synchronized boolean isLogged() {
        return logged != null && logged.isDone() && !logged.isCompletedExceptionally();
    }

    /** Logs the decision unless that has been done or is on its way. */
    synchronized CompletableFuture<Void> log(Function<Decision, CompletableFuture<?>> append) {
        if (logged == null || logged.isCompletedExceptionally()) {
            logged = append.apply(decision).thenRun(() -> decision = withoutInputs(decision));
        }
        return logged;
    }

    private static Decision withoutInputs(Decision d) {
        return new Decision(
                d.loop(),
                d.eventId(),
                d.loopRevision(),
                d.kind(),
                d.time(),
                null,
                null,
                null,
                d.slots(),
                d.prediction(),
                d.modelVersion(),
                d.policy(),
                null,
                null,
                null,
                d.deferred(),
                d.episode(),
                d.explanation(),
                null);
    }
}
