package io.leeway.training.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Json;
import io.leeway.training.Outbox;
import io.leeway.training.OutboxEvent;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The outbox in PostgreSQL. */
@ApplicationScoped
class OutboxStore implements Outbox {
    /**
     * Only the oldest event of a key may go: while another instance holds it, the later ones of its key wait, because it is still
     * there until that instance commits. Events of one key are added under their loop's lock, so ids are in commit order.
     */
    private static final String HEADS = """
            select o.* from {h-schema}outbox o
            where not exists (select 1 from {h-schema}outbox e where e.type = o.type and e.key = o.key and e.id < o.id)
            order by o.id limit ?1 for update of o skip locked""";

    private final Rows rows;
    private final EntityManager entities;
    private final Event<Filled> filled;
    private final Clock clock;

    OutboxStore(Rows rows, EntityManager entities, Event<Filled> filled, Clock clock) {
        this.rows = rows;
        this.entities = entities;
        this.filled = filled;
        this.clock = clock;
    }

    @ApplicationScoped
    static class Rows implements PanacheRepositoryBase<OutboxEntity, Long> {}

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(OutboxEvent event) {
        OutboxEntity row = new OutboxEntity();
        row.type = event.type().ceType();
        row.key = event.key();
        row.eventId = event.eventId();
        row.headers = Json.text(event.headers());
        row.value = event.value().orElse(null);
        row.at = clock.instant();
        rows.persist(row);
        filled.fire(new Filled());
    }

    @Override
    @Transactional
    public int drain(int most, Consumer<List<OutboxEvent>> send) {
        @SuppressWarnings("unchecked")
        List<OutboxEntity> heads = entities.createNativeQuery(HEADS, OutboxEntity.class)
                .setParameter(1, most)
                .getResultList();
        if (!heads.isEmpty()) {
            send.accept(heads.stream().map(OutboxStore::event).toList());
            heads.forEach(rows::delete);
        }
        return heads.size();
    }

    @Override
    @Transactional
    public long size() {
        return rows.count();
    }

    private static OutboxEvent event(OutboxEntity row) {
        EventType type = EventType.of(row.type)
                .orElseThrow(() -> new IllegalStateException("must be a known type: outbox.type=" + row.type));
        return new OutboxEvent(type, row.key, row.eventId, headers(row.headers), row.value);
    }

    private static Map<String, String> headers(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("must be headers: outbox.headers=" + json, e);
        }
    }
}
