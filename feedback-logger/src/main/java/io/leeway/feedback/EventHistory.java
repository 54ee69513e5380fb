package io.leeway.feedback;

import io.leeway.contracts.rest.EpisodePage;
import io.leeway.contracts.rest.Event;
import io.leeway.contracts.rest.EventFilter;
import io.leeway.contracts.rest.EventPage;
import io.leeway.contracts.rest.FeedbackPage;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.contracts.rest.LoopVersions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of events, feedback and their counts. */
public interface EventHistory {
    /** Everything of that id, one entry per loop. */
    List<Event> events(String eventId);

    Optional<Event> event(String loop, String eventId);

    /** @param after what an earlier page named as next; null for the newest events */
    EventPage events(String loop, EventFilter filter, int limit, String after);

    /** @param after what an earlier page named as next; null for the newest feedback */
    FeedbackPage feedback(String loop, int limit, String after);

    /**
     * The steps of an episode, in their order; empty if no decision of it is known.
     *
     * @param after what an earlier page named as next; null for the first steps
     */
    Optional<EpisodePage> episode(String loop, String episodeId, int limit, String after);

    FeedbackSummary summary(String loop);

    LoopVersions versions(String loop, Instant at);

    /** Those of the ids that the loop has a decision or feedback of. */
    Set<String> known(String loop, Collection<String> eventIds);

    /** How many of the ids the loop has feedback of. */
    long landed(String loop, Collection<String> eventIds);
}
