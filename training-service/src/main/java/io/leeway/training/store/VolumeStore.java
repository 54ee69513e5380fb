package io.leeway.training.store;

import io.leeway.training.Volumes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** Counts of feedback in PostgreSQL, so that instances that each read some partitions add up. */
@ApplicationScoped
class VolumeStore implements Volumes {
    private static final String ADD = """
            insert into {h-schema}volumes as v (loop, feedback) values (?1, ?2)
            on conflict (loop) do update set feedback = v.feedback + excluded.feedback returning feedback""";

    private final EntityManager entities;

    VolumeStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public long add(String loop, long feedback) {
        Object count = entities.createNativeQuery(ADD, Long.class)
                .setParameter(1, loop)
                .setParameter(2, feedback)
                .getSingleResult();
        return ((Number) count).longValue();
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void reset(String loop) {
        entities.createNativeQuery("update {h-schema}volumes set feedback = 0 where loop = ?1")
                .setParameter(1, loop)
                .executeUpdate();
    }
}
