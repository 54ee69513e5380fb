package io.leeway.feedback.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.leeway.contracts.rest.Event;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the rows of events together again. Four queries for any number of events. */
@ApplicationScoped
class Documents {
    private final EventRepositories.Decisions decisions;
    private final EventRepositories.Rewards rewards;
    private final EventRepositories.Activations activations;
    private final EventRepositories.FeedbackRows feedback;

    Documents(
            EventRepositories.Decisions decisions,
            EventRepositories.Rewards rewards,
            EventRepositories.Activations activations,
            EventRepositories.FeedbackRows feedback) {
        this.decisions = decisions;
        this.rewards = rewards;
        this.activations = activations;
        this.feedback = feedback;
    }

    /** An event, and where its rows lie. */
    record Place(String loop, String eventId, LocalDate week) {}

    /** In the order of the places. */
    List<Event> events(Collection<Place> places) {
        Set<String> ids = new HashSet<>();
        Set<LocalDate> weeks = new HashSet<>();
        places.forEach(place -> {
            ids.add(place.eventId());
            weeks.add(place.week());
        });
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, String> decided = new HashMap<>();
        decisions.of(ids, weeks).forEach(row -> decided.put(key(row.loop, row.eventId), row.body));
        Map<String, List<Reward>> rewarded = new HashMap<>();
        rewards.of(ids, weeks)
                .forEach(row -> add(rewarded, key(row.loop, row.eventId), Json.read(row.body, Reward.class)));
        Map<String, List<Activation>> activated = new HashMap<>();
        activations
                .of(ids, weeks)
                .forEach(row -> add(activated, key(row.loop, row.eventId), Json.read(row.body, Activation.class)));
        Map<String, List<Feedback>> revisions = new HashMap<>();
        feedback.of(ids, weeks).forEach(row -> {
            String key = key(row.loop, row.eventId);
            // Feedback may land a moment before its decision does.
            if (decided.containsKey(key)) {
                add(revisions, key, feedback(row.body, decided.get(key)));
            }
        });
        return places.stream()
                .map(place -> {
                    String key = key(place.loop(), place.eventId());
                    String decision = decided.get(key);
                    return new Event(
                            place.loop(),
                            place.eventId(),
                            decision == null ? null : Json.read(decision, Decision.class),
                            rewarded.getOrDefault(key, List.of()),
                            activated.getOrDefault(key, List.of()),
                            revisions.getOrDefault(key, List.of()));
                })
                .toList();
    }

    /** Feedback with its decision; of those whose decision has not landed yet nothing. */
    List<Feedback> feedback(Collection<FeedbackEntity> rows) {
        Set<String> ids = new HashSet<>();
        Set<LocalDate> weeks = new HashSet<>();
        rows.forEach(row -> {
            ids.add(row.eventId);
            weeks.add(row.week);
        });
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, String> decided = new HashMap<>();
        decisions.of(ids, weeks).forEach(row -> decided.put(key(row.loop, row.eventId), row.body));
        return rows.stream()
                .filter(row -> decided.containsKey(key(row.loop, row.eventId)))
                .map(row -> feedback(row.body, decided.get(key(row.loop, row.eventId))))
                .toList();
    }

    private static Feedback feedback(String body, String decision) {
        ObjectNode document = Json.read(body, ObjectNode.class);
        document.putRawValue("decision", new com.fasterxml.jackson.databind.util.RawValue(decision));
        return Json.read(Json.text(document), Feedback.class);
    }

    private static <T> void add(Map<String, List<T>> lists, String key, T value) {
        lists.computeIfAbsent(key, unknown -> new ArrayList<>()).add(value);
    }

    /** A loop's name has no slash. */
    private static String key(String loop, String eventId) {
        return loop + "/" + eventId;
    }
}
