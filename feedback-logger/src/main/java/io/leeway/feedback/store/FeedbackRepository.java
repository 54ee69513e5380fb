package io.leeway.feedback.store;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads feedback. */
@ApplicationScoped
class FeedbackRepository implements PanacheRepositoryBase<FeedbackEntity, FeedbackEntity.Key> {
    private static final String NEWEST_OF_LOOP = """
            from FeedbackEntity f where f.loop = ?1 and not exists (
                select 1 from FeedbackEntity later
                where later.eventId = f.eventId and later.loop = f.loop and later.revision > f.revision)
            """;

    /** The first bound alone lets the index find the place; the rest decides among equal times. */
    private static final String AFTER = " and f.closedAt <= ?2 and (f.closedAt < ?2 or f.eventId < ?3)";

    private static final String NEWEST_FIRST = " order by f.closedAt desc, f.eventId desc";

    /** By loop, in the order of the revisions. */
    Map<String, List<Feedback>> ofEvent(String eventId) {
        return list("eventId", Sort.by("revision"), eventId).stream()
                .collect(Collectors.groupingBy(
                        row -> row.loop, Collectors.mapping(FeedbackRepository::feedback, Collectors.toList())));
    }

    /** @param after null for the newest */
    List<FeedbackEntity> newest(String loop, int limit, PageKey after) {
        var query = after == null
                ? find(NEWEST_OF_LOOP + NEWEST_FIRST, loop)
                : find(NEWEST_OF_LOOP + AFTER + NEWEST_FIRST, loop, after.closedAt(), after.eventId());
        return query.page(0, limit).list();
    }

    List<String> known(String loop, Collection<String> eventIds) {
        return find(
                        "select distinct f.eventId from FeedbackEntity f where f.loop = ?1 and f.eventId in ?2",
                        loop,
                        eventIds)
                .project(String.class)
                .list();
    }

    static Feedback feedback(FeedbackEntity row) {
        return Json.read(row.body, Feedback.class);
    }
}
