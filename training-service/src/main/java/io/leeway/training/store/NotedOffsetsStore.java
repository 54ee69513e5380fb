package io.leeway.training.store;

import io.leeway.training.NotedOffsets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;

/** In PostgreSQL, with the topic that they are of. */
@ApplicationScoped
class NotedOffsetsStore implements NotedOffsets {
    private static final String KNOWN = "select id from {h-schema}feedback_topic for update";
    private static final String FIRST = "insert into {h-schema}feedback_topic (id) values (?1) on conflict do nothing";
    private static final String NEXT = "update {h-schema}feedback_topic set id = ?1, since = now()";
    private static final String ROLLOUTS =
            "update {h-schema}rollouts set offsets = '{}' where state in ('running', 'waiting')";
    private static final String DELETED_LOOPS = "update {h-schema}deleted_loops set feedback_offsets = '{}'";

    private final EntityManager entities;

    NotedOffsetsStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @Transactional
    public boolean areOf(String topic) {
        List<?> known = entities.createNativeQuery(KNOWN, String.class).getResultList();
        if (known.isEmpty()) {
            entities.createNativeQuery(FIRST).setParameter(1, topic).executeUpdate();
            return false;
        }
        if (known.get(0).equals(topic)) {
            return false;
        }
        entities.createNativeQuery(NEXT).setParameter(1, topic).executeUpdate();
        entities.createNativeQuery(ROLLOUTS).executeUpdate();
        entities.createNativeQuery(DELETED_LOOPS).executeUpdate();
        return true;
    }
}
