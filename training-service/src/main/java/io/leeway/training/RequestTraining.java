package io.leeway.training;

import io.leeway.contracts.Cause;
import io.leeway.contracts.Loop;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.ServingMode;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.kit.EventIds;
import io.leeway.kit.UnknownLoopException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Puts a job into the queue for a retrain request, once per request id. Thread safe. */
@ApplicationScoped
public class RequestTraining {
    private final Loops loops;
    private final Jobs jobs;
    private final Outbox outbox;
    private final EventIds ids;
    private final Clock clock;
    /** The last request of each loop that was declined: a clock that goes on asking for the same is told once. */
    private final Map<String, String> declined = new ConcurrentHashMap<>();

    RequestTraining(Loops loops, Jobs jobs, Outbox outbox, EventIds ids, Clock clock) {
        this.loops = loops;
        this.jobs = jobs;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The job of the request: the one that it led to before, the one of its loop that waits already, or a new one; none if the
     * loop is not to be trained but by hand.
     *
     * @throws UnknownLoopException if there is no such loop
     */
    @Transactional
    public Optional<TrainingJob> request(RetrainRequest request) {
        loops.lock(request.loop());
        Optional<TrainingJob> known = jobs.ofRequest(request.requestId()).flatMap(jobs::find);
        if (known.isPresent()) {
            return known;
        }
        Optional<String> reason = loops.find(request.loop()).flatMap(loop -> whyNot(loop, request.cause()));
        if (reason.isPresent()) {
            decline(request, reason.get());
            return Optional.empty();
        }
        Optional<TrainingJob> waiting = jobs.waiting(request.loop());
        return Optional.of(waiting.isPresent() ? merge(waiting.get(), request) : queue(request));
    }

    /** Why a loop is not trained for this cause; empty if it is. What a person asks for is done. */
    public static Optional<String> whyNot(Loop loop, Cause cause) {
        if (cause == Cause.PERSON) {
            return Optional.empty();
        }
        if (loop.freeze() != null) {
            String why =
                    loop.freeze().reason() == null ? "" : " (" + loop.freeze().reason() + ")";
            return Optional.of("must be asked for by a person, the loop is frozen" + why + ": cause=" + word(cause));
        }
        if (loop.settings().serving().mode() == ServingMode.LOGGING_ONLY) {
            return Optional.of("must be asked for by a person, the loop only logs: cause=" + word(cause));
        }
        return Optional.empty();
    }

    private static String word(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    private void decline(RetrainRequest request, String reason) {
        if (request.requestId().equals(declined.put(request.loop(), request.requestId()))) {
            return;
        }
        outbox.add(OutboxEvent.training(new TrainingEvent(
                "declined-" + request.requestId(),
                request.loop(),
                null,
                clock.instant(),
                TrainingEventType.DECLINED,
                null,
                null,
                reason,
                null)));
    }

    private TrainingJob queue(RetrainRequest request) {
        Instant now = clock.instant();
        TrainingJob job = TrainingJob.waiting(ids.next(), request, now);
        jobs.add(job);
        jobs.remember(request, job.jobId(), false, now);
        tell(job, TrainingEventType.QUEUED, request);
        return job;
    }

    private TrainingJob merge(TrainingJob waiting, RetrainRequest newer) {
        TrainingJob merged = waiting.withRequest(merged(waiting.request(), newer));
        jobs.replace(merged);
        jobs.remember(newer, merged.jobId(), true, clock.instant());
        tell(merged, TrainingEventType.MERGED, newer);
        return merged;
    }

    /**
     * The job keeps its identity; a drift outranks other causes, the later {@code since}, the greater urgency and the later
     * deadline count, and one wish to deploy does.
     */
    static RetrainRequest merged(RetrainRequest first, RetrainRequest newer) {
        boolean newerLeads = newer.cause() == Cause.DRIFT && first.cause() != Cause.DRIFT;
        RetrainRequest lead = newerLeads ? newer : first;
        Instant since = first.since();
        if (since == null || (newer.since() != null && newer.since().isAfter(since))) {
            since = newer.since();
        }
        return new RetrainRequest(
                first.requestId(),
                first.loop(),
                first.time(),
                lead.cause(),
                first.pipeline(),
                lead.reason(),
                lead.driftId() == null ? newer.driftId() : lead.driftId(),
                since,
                first.deploy() || newer.deploy(),
                first.priorSteps().isEmpty() ? newer.priorSteps() : first.priorSteps(),
                lead.by() == null ? (newerLeads ? first : newer).by() : lead.by(),
                Math.max(first.urgency(), newer.urgency()),
                later(first.deadline(), newer.deadline()),
                first.other());
    }

    /** One that may take as long as it likes lets the other do so, too. */
    private static Instant later(Instant first, Instant second) {
        return first == null || second == null ? null : first.isAfter(second) ? first : second;
    }

    private void tell(TrainingJob job, TrainingEventType type, RetrainRequest request) {
        String message = request.reason() == null ? "asked for by request " + request.requestId() : request.reason();
        outbox.add(OutboxEvent.training(new TrainingEvent(
                ids.next(), job.loop(), job.jobId(), clock.instant(), type, null, null, message, null)));
    }
}
