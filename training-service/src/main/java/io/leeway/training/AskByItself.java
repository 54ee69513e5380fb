package io.leeway.training;

import io.leeway.contracts.Cause;
import io.leeway.contracts.Loop;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.TrainingSettings;
import io.leeway.kit.EventIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Asks for training without anybody's doing: by the clock, and by the volume of feedback, as each loop says. Thread safe. */
@ApplicationScoped
public class AskByItself {
    private final Loops loops;
    private final Jobs jobs;
    private final Volumes volumes;
    private final RequestTraining training;
    private final EventIds ids;
    private final Clock clock;

    AskByItself(Loops loops, Jobs jobs, Volumes volumes, RequestTraining training, EventIds ids, Clock clock) {
        this.loops = loops;
        this.jobs = jobs;
        this.volumes = volumes;
        this.training = training;
        this.ids = ids;
        this.clock = clock;
    }

    /** Asks for every loop whose time has come: so long after its newest job was asked for, whatever for, or after it was made. */
    void byTheClock() {
        for (Loop loop : loops.all()) {
            TrainingSettings settings = loop.settings().training();
            if (settings.every() != null) {
                Optional<TrainingJob> newest = jobs.newest(loop.name());
                boolean open = newest.isPresent() && !newest.get().state().ended();
                Instant last = newest.map(TrainingJob::requestedAt).orElse(loop.createdAt());
                if (!open && !clock.instant().isBefore(last.plus(settings.every()))) {
                    // Named by what it follows: two instances that find the same ask for the same.
                    ask(
                            "schedule-" + loop.name() + "-" + last,
                            loop.name(),
                            Cause.SCHEDULE,
                            "every " + settings.every());
                }
            }
        }
    }

    /** Counts new feedback of a loop and asks when there is enough. */
    @Transactional
    public void byVolume(String name, long feedback) {
        Integer every = loops.find(name)
                .map(loop -> loop.settings().training().everyFeedback())
                .orElse(null);
        if (every != null && volumes.add(name, feedback) >= every) {
            volumes.reset(name);
            ask(ids.next(), name, Cause.VOLUME, "after " + every + " feedbacks");
        }
    }

    private void ask(String requestId, String loop, Cause cause, String reason) {
        training.request(new RetrainRequest(
                requestId, loop, clock.instant(), cause, null, reason, null, null, null, null, null));
    }
}
