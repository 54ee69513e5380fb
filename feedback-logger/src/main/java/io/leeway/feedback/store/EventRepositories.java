package io.leeway.feedback.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/**
 * Reads rows by their events. Weeks are always named with them: without, every partition would be looked into.
 */
final class EventRepositories {
    private static final String OF_EVENTS = "eventId in ?1 and week in ?2";

    private EventRepositories() {}

    /** Reads where events lie. */
    @ApplicationScoped
    static class Keys implements PanacheRepositoryBase<EventKeyEntity, EventKeyEntity.Key> {
        List<EventKeyEntity> of(String eventId) {
            return list("eventId", eventId);
        }
    }

    /** Reads decisions. */
    @ApplicationScoped
    static class Decisions implements PanacheRepositoryBase<DecisionEntity, DecisionEntity.Key> {
        List<DecisionEntity> of(Collection<String> eventIds, Collection<LocalDate> weeks) {
            return list(OF_EVENTS, eventIds, weeks);
        }
    }

    /** Reads rewards, in the order of their times. */
    @ApplicationScoped
    static class Rewards implements PanacheRepositoryBase<RewardEntity, RewardEntity.Key> {
        List<RewardEntity> of(Collection<String> eventIds, Collection<LocalDate> weeks) {
            return list(OF_EVENTS, Sort.by("time").and("identity"), eventIds, weeks);
        }
    }

    /** Reads activations, in the order of their times. */
    @ApplicationScoped
    static class Activations implements PanacheRepositoryBase<ActivationEntity, ActivationEntity.Key> {
        List<ActivationEntity> of(Collection<String> eventIds, Collection<LocalDate> weeks) {
            return list(OF_EVENTS, Sort.by("time").and("identity"), eventIds, weeks);
        }
    }

    /** Reads feedback, in the order of its revisions. */
    @ApplicationScoped
    static class FeedbackRows implements PanacheRepositoryBase<FeedbackEntity, FeedbackEntity.Key> {
        private static final String NEWEST_OF_LOOP = """
                from FeedbackEntity f where f.loop = ?1 and not exists (
                    select 1 from FeedbackEntity later
                    where later.eventId = f.eventId and later.loop = f.loop and later.week = f.week
                        and later.revision > f.revision)
                """;

        /** The first bound alone lets the index find the place; the rest decides among equal times. */
        private static final String AFTER = " and f.closedAt <= ?2 and (f.closedAt < ?2 or f.eventId < ?3)";

        private static final String NEWEST_FIRST = " order by f.closedAt desc, f.eventId desc";

        List<FeedbackEntity> of(Collection<String> eventIds, Collection<LocalDate> weeks) {
            return list(OF_EVENTS, Sort.by("revision"), eventIds, weeks);
        }

        /** @param after null for the newest */
        List<FeedbackEntity> newest(String loop, int limit, PageKey after) {
            var query = after == null
                    ? find(NEWEST_OF_LOOP + NEWEST_FIRST, loop)
                    : find(NEWEST_OF_LOOP + AFTER + NEWEST_FIRST, loop, after.time(), after.eventId());
            return query.page(0, limit).list();
        }
    }
}
