package io.leeway.prediction.fast;

import io.leeway.contracts.EventType;
import io.leeway.kit.EventIds;
import io.leeway.prediction.DecisionMeters;
import io.leeway.prediction.PredictionConfig;
import io.leeway.prediction.Remembered;
import io.leeway.prediction.RememberedDecisions;
import io.leeway.prediction.ServingLoop;
import io.leeway.prediction.ServingModels;
import io.leeway.prediction.TimeText;
import io.leeway.prediction.TrialFailedException;
import io.leeway.prediction.journal.JournalFullException;
import io.leeway.prediction.journal.JournaledLog;
import io.leeway.prediction.journal.RecordBuffer;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides plain requests from bytes to bytes: reads, scores, samples, appends to the journal, answers. Never blocks, so that it may run
 * where requests arrive. Does exactly what {@link io.leeway.prediction.Decide} does, or nothing at all. Thread safe.
 */
@Singleton
public class DecidePlain {
    private static final ThreadLocal<Workspace> WORKSPACES = ThreadLocal.withInitial(Workspace::new);

    private final ServingModels models;
    private final RememberedDecisions remembered;
    private final JournaledLog log;
    private final DecisionMeters meters;
    private final EventIds eventIds;
    private final Clock clock;
    private final int mostActions;

    /** What one thread reuses. */
    private static final class Workspace {
        private final List<Opinion> opinions = new ArrayList<>();
        private final List<Opinion> shadows = new ArrayList<>();
        private final PlainDecision decision = new PlainDecision();
        private final RecordBuffer record = new RecordBuffer();
        private final TimeText times = new TimeText();

        private void read(byte[] body, PlainLoop loop, int mostActions) {
            read(body, loop.components(), opinions, mostActions);
            read(body, loop.shadows(), shadows, mostActions);
        }

        /** Each model has columns of its own, and so reads the body for itself. */
        private static void read(byte[] body, List<PlainPolicy> policies, List<Opinion> into, int mostActions) {
            while (into.size() < policies.size()) {
                into.add(new Opinion());
            }
            while (into.size() > policies.size()) {
                into.remove(into.size() - 1);
            }
            for (int i = 0; i < into.size(); i++) {
                into.get(i).read(body, policies.get(i), mostActions);
            }
        }

        private void decide(PlainLoop loop, Candidates candidates, String eventId) {
            opinions.forEach(opinion -> opinion.decide(candidates));
            shadows.forEach(shadow -> shadow.decide(candidates));
            decision.decide(loop, opinions, shadows, candidates, eventId);
        }

        private PlainRequest request() {
            return opinions.get(0).request();
        }
    }

    DecidePlain(
            ServingModels models,
            RememberedDecisions remembered,
            JournaledLog log,
            DecisionMeters meters,
            EventIds eventIds,
            Clock clock,
            PredictionConfig config) {
        this.models = models;
        this.remembered = remembered;
        this.log = log;
        this.meters = meters;
        this.eventIds = eventIds;
        this.clock = clock;
        this.mostActions = config.mostActions();
        models.beforeServing(this::plain);
    }

    /**
     * The answer as JSON, logged; null if the general way has to be taken, and then nothing has happened.
     *
     * @throws io.leeway.kit.UnknownLoopException if there is no such loop
     */
    public byte[] decide(String loopName, byte[] body) {
        long begin = System.nanoTime();
        ServingLoop serving = models.get(loopName);
        PlainLoop loop = plain(serving);
        if (loop == null) {
            return null;
        }
        Workspace own = WORKSPACES.get();
        try {
            own.read(body, loop, mostActions);
            Candidates candidates =
                    Candidates.of(own.opinions.get(0).offering(), own.request().excluded());
            byte[] answer = decide(loop, own, candidates);
            if (answer != null) {
                own.decision.meters().decided(System.nanoTime() - begin);
            }
            return answer;
        } catch (NotPlainException | TrialFailedException e) {
            return null;
        }
    }

    private PlainLoop plain(ServingLoop serving) {
        return (PlainLoop) serving.plain(known -> PlainLoop.of(known, mostActions, meters));
    }

    private byte[] decide(PlainLoop loop, Workspace own, Candidates candidates) {
        PlainRequest request = own.request();
        PlainRequest.Span given = request.eventId();
        String eventId = given.isPresent()
                ? new String(request.body(), given.from(), given.length(), StandardCharsets.UTF_8)
                : eventIds.next();
        if (given.isPresent() && remembered.knows(loop.name(), eventId)) {
            return null;
        }
        Instant now = clock.instant();
        byte[] time = own.times.of(now);
        own.decide(loop, candidates, eventId);
        own.record.begin(EventType.DECISION, eventId, eventId, now.toEpochMilli());
        own.decision.writeLog(loop, request, candidates, eventId, time, own.record);
        byte[] answer = own.decision.writeAnswer(loop, request, candidates, eventId, time);
        Remembered claim = Remembered.ofAnswer(
                request.digest(), candidates.size(), loop.serving().loop(), request.deferred(), answer);
        if (given.isPresent() && !remembered.claim(loop.name(), eventId, claim)) {
            return null;
        }
        if (!append(loop, own.record, eventId, claim)) {
            return null;
        }
        if (given.isPresent()) {
            remembered.settle(loop.serving().loop(), eventId, claim, request.deferred(), answer);
        } else {
            remembered.keep(loop.serving().loop(), eventId, claim, request.deferred(), answer);
        }
        return answer;
    }

    /** Whoever asked for the same event id meanwhile waits for the claim's word. */
    private boolean append(PlainLoop loop, RecordBuffer record, String eventId, Remembered claim) {
        try {
            if (log.takes(record)) {
                log.append(record);
                claim.logged();
                return true;
            }
        } catch (JournalFullException e) {
            // The general way says what the loop wants in this case.
        }
        remembered.forget(loop.name(), eventId);
        claim.notLogged();
        return false;
    }
}
