package io.leeway.feedback.store;

import io.leeway.contracts.rest.EpisodePage;
import io.leeway.contracts.rest.Event;
import io.leeway.contracts.rest.EventFilter;
import io.leeway.contracts.rest.EventPage;
import io.leeway.contracts.rest.FeedbackPage;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.contracts.rest.LoopVersions;
import io.leeway.feedback.EventHistory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads the projection. Thread safe. */
@ApplicationScoped
@Transactional
public class StoredHistory implements EventHistory {
    private static final String KNOWN = """
            select e.event_id from projection.event e where e.loop = :loop and e.event_id in :ids and (
                e.decided or exists (
                    select from projection.feedback f
                    where f.event_id = e.event_id and f.loop = e.loop and f.week = e.week))
            """;
    private static final String LANDED = """
            select count(*) from projection.event e where e.loop = :loop and e.event_id in :ids and exists (
                select from projection.feedback f
                where f.event_id = e.event_id and f.loop = e.loop and f.week = e.week)
            """;

    private final EventRepositories.Keys keys;
    private final EventRepositories.FeedbackRows feedback;
    private final Documents documents;
    private final EventSearch search;
    private final EpisodeSteps steps;
    private final EntityManager entities;

    StoredHistory(
            EventRepositories.Keys keys,
            EventRepositories.FeedbackRows feedback,
            Documents documents,
            EventSearch search,
            EpisodeSteps steps,
            EntityManager entities) {
        this.keys = keys;
        this.feedback = feedback;
        this.documents = documents;
        this.search = search;
        this.steps = steps;
        this.entities = entities;
    }

    @Override
    public List<Event> events(String eventId) {
        List<Documents.Place> places = keys.of(eventId).stream()
                .map(row -> new Documents.Place(row.loop, row.eventId, row.week))
                .sorted(Comparator.comparing(Documents.Place::loop))
                .toList();
        return documents.events(places).stream()
                .filter(StoredHistory::holdsAnything)
                .toList();
    }

    /** Of a record that became a dead letter, only its fate is there. */
    private static boolean holdsAnything(Event event) {
        return event.decision() != null
                || !event.rewards().isEmpty()
                || !event.activations().isEmpty()
                || !event.feedback().isEmpty();
    }

    @Override
    public Optional<Event> event(String loop, String eventId) {
        return events(eventId).stream()
                .filter(event -> event.loop().equals(loop))
                .findFirst();
    }

    @Override
    public EventPage events(String loop, EventFilter filter, int limit, String after) {
        PageKey key = after == null ? null : PageKey.read(after);
        List<EventSearch.Found> rows = search.find(loop, filter, limit + 1, key);
        boolean more = rows.size() > limit;
        List<EventSearch.Found> page = more ? rows.subList(0, limit) : rows;
        List<Event> events = documents.events(page.stream()
                .map(row -> new Documents.Place(loop, row.eventId(), row.week()))
                .toList());
        return new EventPage(events, more ? page.get(page.size() - 1).key().text() : null);
    }

    @Override
    public Optional<EpisodePage> episode(String loop, String episodeId, int limit, String after) {
        return steps.extent(loop, episodeId).map(extent -> {
            PageKey key = after == null ? null : PageKey.read(after);
            List<EpisodeSteps.Found> rows = steps.find(loop, episodeId, limit + 1, key);
            boolean more = rows.size() > limit;
            List<EpisodeSteps.Found> page = more ? rows.subList(0, limit) : rows;
            return new EpisodePage(
                    loop,
                    episodeId,
                    extent.knownSteps(),
                    extent.lastStep(),
                    extent.ended(),
                    extent.lastStep() + 1L - extent.knownSteps(),
                    steps(loop, page),
                    more ? page.get(page.size() - 1).key().text() : null);
        });
    }

    private List<EpisodePage.Step> steps(String loop, List<EpisodeSteps.Found> page) {
        List<Event> events = documents.events(page.stream()
                .map(row -> new Documents.Place(loop, row.eventId(), row.week()))
                .toList());
        EpisodeSteps.Links links = steps.links(events.stream().map(Event::decision));
        return IntStream.range(0, page.size())
                .mapToObj(i -> new EpisodePage.Step(
                        page.get(i).step(),
                        page.get(i).terminal(),
                        events.get(i),
                        links.after(events.get(i).decision())))
                .toList();
    }

    @Override
    public FeedbackPage feedback(String loop, int limit, String after) {
        PageKey key = after == null ? null : PageKey.read(after);
        List<FeedbackEntity> rows = feedback.newest(loop, limit + 1, key);
        boolean more = rows.size() > limit;
        List<FeedbackEntity> page = more ? rows.subList(0, limit) : rows;
        FeedbackEntity last = page.isEmpty() ? null : page.get(page.size() - 1);
        return new FeedbackPage(
                documents.feedback(page), more ? new PageKey(last.closedAt, last.eventId).text() : null);
    }

    @Override
    public FeedbackSummary summary(String loop) {
        Tuple row = (Tuple) entities.createNativeQuery(Summary.QUERY, Tuple.class)
                .setParameter("loop", loop)
                .getSingleResult();
        return Summary.of(loop, row);
    }

    @Override
    public LoopVersions versions(String loop, Instant at) {
        return search.versions(loop, at);
    }

    @Override
    public Set<String> known(String loop, Collection<String> eventIds) {
        if (eventIds.isEmpty()) {
            return Set.of();
        }
        List<?> known = entities.createNativeQuery(KNOWN, String.class)
                .setParameter("loop", loop)
                .setParameter("ids", eventIds)
                .getResultList();
        Set<String> ids = new HashSet<>();
        known.forEach(id -> ids.add((String) id));
        return ids;
    }

    @Override
    public long landed(String loop, Collection<String> eventIds) {
        if (eventIds.isEmpty()) {
            return 0;
        }
        return ((Number) entities.createNativeQuery(LANDED)
                        .setParameter("loop", loop)
                        .setParameter("ids", eventIds)
                        .getSingleResult())
                .longValue();
    }
}
