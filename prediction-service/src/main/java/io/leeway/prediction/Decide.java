package io.leeway.prediction;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.LogSettings.WhenFull;
import io.leeway.contracts.LoopKind;
import io.leeway.kit.EventIds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers requests: decides, logs, and returns only what has been logged, unless the loop would rather be answered without. A repeated event id gets the remembered decision, and
 * is not logged again. Thread safe; blocks until the log has confirmed.
 */
@Singleton
public class Decide {
    private final ServingModels models;
    private final RememberedDecisions remembered;
    private final EventLog log;
    private final Confirmations confirmations;
    private final DecisionMeters meters;
    private final EventIds eventIds;
    private final Clock clock;
    private final int mostActions;

    public Decide(
            ServingModels models,
            RememberedDecisions remembered,
            EventLog log,
            Confirmations confirmations,
            DecisionMeters meters,
            EventIds eventIds,
            Clock clock,
            PredictionConfig config) {
        this.models = models;
        this.remembered = remembered;
        this.log = log;
        this.confirmations = confirmations;
        this.meters = meters;
        this.eventIds = eventIds;
        this.clock = clock;
        this.mostActions = config.mostActions();
    }

    /** Chooses among actions; refuses a regression loop. */
    public Decision choose(String loop, DecisionRequest request) {
        return beginChoice(loop, request).get();
    }

    /** Chooses and begins to log; what it returns waits for the log, so that many can be waited for together. */
    public Supplier<Decision> beginChoice(String loop, DecisionRequest request) {
        ServingLoop serving = models.get(loop);
        if (serving.loop().kind() == LoopKind.REGRESSION) {
            throw new ContractViolation("loop", "must be a loop that chooses; ask this one for predictions", loop);
        }
        return begin(serving, request);
    }

    /** Predicts a number; refuses a loop that chooses among actions. */
    public Decision predict(String loop, DecisionRequest request) {
        return beginPrediction(loop, request).get();
    }

    /** Predicts and begins to log; what it returns waits for the log, so that many can be waited for together. */
    public Supplier<Decision> beginPrediction(String loop, DecisionRequest request) {
        ServingLoop serving = models.get(loop);
        if (serving.loop().kind() != LoopKind.REGRESSION) {
            throw new ContractViolation("loop", "must be a regression loop; ask this one for decisions", loop);
        }
        return begin(serving, request);
    }

    /** Does what the loop is for. */
    public Decision answer(String loop, DecisionRequest request) {
        return begin(models.get(loop), request).get();
    }

    private Supplier<Decision> begin(ServingLoop serving, DecisionRequest request) {
        long begin = System.nanoTime();
        String loop = serving.loop().name();
        if (request.loop() != null && !request.loop().equals(loop)) {
            throw new ContractViolation("loop", "must be the loop that is asked, " + loop, request.loop());
        }
        JsonValues.requireUsable("context", request.context());
        JsonValues.requireUsable("other", request.other());
        String eventId = request.eventId() == null ? eventIds.next() : request.eventId();
        RequestDigest digest = RequestDigest.of(request);
        Remembered found = remembered.find(loop, eventId);
        Remembered answer = found == null ? remembered.keep(digest, decide(serving, request, eventId)) : found;
        if (!answer.answers(digest)) {
            throw new EventIdTakenException(loop, eventId);
        }
        CompletableFuture<?> logging = answer.isLogged() ? null : beginLogging(loop, answer);
        return () -> {
            if (logging != null) {
                confirm(serving, answer, logging);
            }
            meters.answered(loop, System.nanoTime() - begin);
            return answer.decision();
        };
    }

    /** A model that is tried and fails has raised its alarm, and is gone when the loop is read anew. */
    private Decision decide(ServingLoop serving, DecisionRequest request, String eventId) {
        try {
            return decideBy(serving, request, eventId);
        } catch (TrialFailedException failed) {
            return decideBy(models.get(serving.loop().name()).withoutTrials(), request, eventId);
        }
    }

    private Decision decideBy(ServingLoop serving, DecisionRequest request, String eventId) {
        return serving.loop().kind() == LoopKind.REGRESSION
                ? Predict.predict(serving, request, eventId, clock.instant())
                : Choose.choose(serving, request, eventId, clock.instant(), mostActions);
    }

    private CompletableFuture<?> beginLogging(String loop, Remembered answer) {
        try {
            return confirmations.begin(loop, () -> answer.log(this::append));
        } catch (LogUnavailableException e) {
            remembered.giveUp(answer, e);
            throw e;
        }
    }

    private void confirm(ServingLoop serving, Remembered answer, CompletableFuture<?> logging) {
        try {
            confirmations.end(serving.loop().name(), logging);
        } catch (EventTooLargeException e) {
            remembered.forget(answer.decision());
            throw e;
        } catch (LogFullException e) {
            if (serving.loop().settings().log().whenFull() == WhenFull.REFUSE) {
                remembered.giveUp(answer, e);
                throw e;
            }
            answer.answeredUnlogged();
            meters.unlogged(serving.loop().name());
        }
    }

    private CompletableFuture<?> append(Decision decision) {
        return log.append(decision).thenRun(() -> meters.decided(decision));
    }
}
