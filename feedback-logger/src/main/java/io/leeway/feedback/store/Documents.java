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

/** Puts the rows of events together again. Four queries for any number of events, and one more where there are episodes. */
@ApplicationScoped
class Documents {
    private final EventRepositories.Decisions decisions;
    private final EventRepositories.Rewards rewards;
    private final EventRepositories.Activations activations;
    private final EventRepositories.FeedbackRows feedback;
    private final EpisodeSteps steps;

    Documents(
            EventRepositories.Decisions decisions,
            EventRepositories.Rewards rewards,
            EventRepositories.Activations activations,
            EventRepositories.FeedbackRows feedback,
            EpisodeSteps steps) {
        this.decisions = decisions;
        this.rewards = rewards;
        this.activations = activations;
        this.feedback = feedback;
        this.steps = steps;
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
        Map<String, String> bodies = bodies(ids, weeks);
        Map<String, Decision> decided = new HashMap<>();
        places.stream()
                .map(place -> key(place.loop(), place.eventId()))
                .filter(bodies::containsKey)
                .forEach(key -> decided.put(key, Json.read(bodies.get(key), Decision.class)));
        EpisodeSteps.Links links = steps.links(decided.values().stream());
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
                add(revisions, key, feedback(row.body, bodies.get(key)).withNext(links.after(decided.get(key))));
            }
        });
        return places.stream()
                .map(place -> {
                    String key = key(place.loop(), place.eventId());
                    return new Event(
                            place.loop(),
                            place.eventId(),
                            decided.get(key),
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
        Map<String, String> bodies = bodies(ids, weeks);
        List<Feedback> documents = rows.stream()
                .filter(row -> bodies.containsKey(key(row.loop, row.eventId)))
                .map(row -> feedback(row.body, bodies.get(key(row.loop, row.eventId))))
                .toList();
        EpisodeSteps.Links links = steps.links(documents.stream().map(Feedback::decision));
        return documents.stream()
                .map(document -> document.withNext(links.after(document.decision())))
                .toList();
    }

    private Map<String, String> bodies(Set<String> ids, Set<LocalDate> weeks) {
        Map<String, String> bodies = new HashMap<>();
        decisions.of(ids, weeks).forEach(row -> bodies.put(key(row.loop, row.eventId), row.body));
        return bodies;
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
