package io.leeway.feedback.store;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads decisions. */
@ApplicationScoped
class DecisionRepository implements PanacheRepositoryBase<DecisionEntity, DecisionEntity.Key> {
    /** By loop. */
    Map<String, Decision> ofEvent(String eventId) {
        Map<String, Decision> found = new TreeMap<>();
        for (DecisionEntity row : list("eventId", eventId)) {
            found.put(row.loop, Json.read(row.body, Decision.class));
        }
        return found;
    }

    List<String> known(String loop, Collection<String> eventIds) {
        return find("select d.eventId from DecisionEntity d where d.loop = ?1 and d.eventId in ?2", loop, eventIds)
                .project(String.class)
                .list();
    }
}
