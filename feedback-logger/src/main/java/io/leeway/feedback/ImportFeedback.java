package io.leeway.feedback;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.contracts.rest.HistoryLine;
import io.leeway.contracts.rest.ImportResult;
import io.leeway.contracts.rest.ImportResult.RejectedLine;
import io.leeway.kit.UnusableEventException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings history into the log, around the live join. Idempotent: an event that is there already is a duplicate. One import at a
 * time per instance, so that two of the same file do not both find nothing there.
 */
@Singleton
public class ImportFeedback {
    private static final long LANDING_PAUSE_NANOS = 50_000_000;

    private final EventHistory history;
    private final FeedbackPublisher publisher;
    private final FeedbackLoggerConfig.Imports config;
    private final Plausible plausible;
    private final Clock clock;

    ImportFeedback(
            EventHistory history,
            FeedbackPublisher publisher,
            FeedbackLoggerConfig config,
            Plausible plausible,
            Clock clock) {
        this.history = history;
        this.publisher = publisher;
        this.config = config.imports();
        this.plausible = plausible;
        this.clock = clock;
    }

    /** Takes in one JSON object per line; blank lines are skipped. Returns when what was accepted can be read, as a rule. */
    public synchronized ImportResult run(Loop loop, Iterator<String> lines) {
        Run run = new Run(loop);
        long number = 0;
        while (lines.hasNext()) {
            String line = lines.next();
            number++;
            if (!line.isBlank()) {
                run.take(number, line);
            }
        }
        return run.end();
    }

    private final class Run {
        private final Loop loop;
        private final Set<String> seen = new HashSet<>();
        private final List<RejectedLine> rejected = new ArrayList<>();
        private final Map<String, Feedback> batch = new LinkedHashMap<>();
        private List<String> published = List.of();
        private long accepted;
        private long duplicates;
        private long rejectedLines;

        Run(Loop loop) {
            this.loop = loop;
        }

        void take(long number, String line) {
            try {
                long longest = config.longestLine().asLongValue();
                if (line.length() > longest) {
                    throw new ContractViolation("line", "must have at most " + longest + " characters", line.length());
                }
                Feedback feedback = new ImportLine(Json.read(line.getBytes(StandardCharsets.UTF_8), HistoryLine.class))
                        .feedback(loop, clock.instant());
                plausible.check(feedback.decision());
                if (!seen.add(feedback.eventId())) {
                    duplicates++;
                    return;
                }
                batch.put(feedback.eventId(), feedback);
            } catch (UnreadableJsonException | ContractViolation | UnusableEventException e) {
                reject(number, e.getMessage());
            }
            if (batch.size() >= config.batchRows()) {
                flush();
            }
        }

        private void reject(long number, String reason) {
            rejectedLines++;
            if (rejected.size() < config.namedRejections()) {
                rejected.add(new RejectedLine(number, reason));
            }
        }

        private void flush() {
            if (batch.isEmpty()) {
                return;
            }
            Set<String> known = history.known(loop.name(), batch.keySet());
            duplicates += known.size();
            batch.keySet().removeAll(known);
            publisher.publish(List.copyOf(batch.values()));
            accepted += batch.size();
            if (!batch.isEmpty()) {
                published = List.copyOf(batch.keySet());
            }
            batch.clear();
        }

        ImportResult end() {
            flush();
            awaitLanding();
            return new ImportResult(accepted, duplicates, rejectedLines, rejected);
        }

        /** The last batch stands for all: partitions are read side by side, at about the same pace. */
        private void awaitLanding() {
            Instant until = clock.instant().plus(config.landingPatience());
            while (history.landed(loop.name(), published) < published.size()
                    && clock.instant().isBefore(until)) {
                LockSupport.parkNanos(LANDING_PAUSE_NANOS);
            }
        }
    }
}
