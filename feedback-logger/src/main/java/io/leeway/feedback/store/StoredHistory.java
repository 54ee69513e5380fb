package io.leeway.feedback.store;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Reward;
import io.leeway.contracts.rest.Event;
import io.leeway.contracts.rest.FeedbackPage;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.feedback.EventHistory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the projection. Thread safe. */
@ApplicationScoped
@Transactional
public class StoredHistory implements EventHistory {
    private final DecisionRepository decisions;
    private final RewardRepository rewards;
    private final ActivationRepository activations;
    private final FeedbackRepository feedback;

    StoredHistory(
            DecisionRepository decisions,
            RewardRepository rewards,
            ActivationRepository activations,
            FeedbackRepository feedback) {
        this.decisions = decisions;
        this.rewards = rewards;
        this.activations = activations;
        this.feedback = feedback;
    }

    @Override
    public List<Event> events(String eventId) {
        Map<String, Decision> decided = decisions.ofEvent(eventId);
        Map<String, List<Reward>> rewarded = rewards.ofEvent(eventId);
        Map<String, List<Activation>> activated = activations.ofEvent(eventId);
        Map<String, List<Feedback>> revisions = feedback.ofEvent(eventId);
        Set<String> loops = new TreeSet<>(decided.keySet());
        loops.addAll(rewarded.keySet());
        loops.addAll(activated.keySet());
        loops.addAll(revisions.keySet());
        return loops.stream()
                .map(loop -> new Event(
                        loop,
                        eventId,
                        decided.get(loop),
                        rewarded.getOrDefault(loop, List.of()),
                        activated.getOrDefault(loop, List.of()),
                        revisions.getOrDefault(loop, List.of())))
                .toList();
    }

    @Override
    public Optional<Event> event(String loop, String eventId) {
        return events(eventId).stream()
                .filter(event -> event.loop().equals(loop))
                .findFirst();
    }

    @Override
    public FeedbackPage feedback(String loop, int limit, String after) {
        PageKey key = after == null ? null : PageKey.read(after);
        List<FeedbackEntity> rows = feedback.newest(loop, limit + 1, key);
        boolean more = rows.size() > limit;
        List<FeedbackEntity> page = more ? rows.subList(0, limit) : rows;
        FeedbackEntity last = page.isEmpty() ? null : page.get(page.size() - 1);
        return new FeedbackPage(
                page.stream().map(FeedbackRepository::feedback).toList(),
                more ? new PageKey(last.closedAt, last.eventId).text() : null);
    }

    @Override
    public FeedbackSummary summary(String loop) {
        Tuple row = (Tuple) feedback.getEntityManager()
                .createNativeQuery(Summary.QUERY, Tuple.class)
                .setParameter("loop", loop)
                .getSingleResult();
        return Summary.of(loop, row);
    }

    @Override
    public Set<String> known(String loop, Collection<String> eventIds) {
        Set<String> known = new HashSet<>(decisions.known(loop, eventIds));
        known.addAll(feedback.known(loop, eventIds));
        return known;
    }

    @Override
    public long landed(String loop, Collection<String> eventIds) {
        return eventIds.isEmpty() ? 0 : feedback.known(loop, eventIds).size();
    }
}
