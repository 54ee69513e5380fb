package io.leeway.feedback.store;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Json;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads activations. */
@ApplicationScoped
class ActivationRepository implements PanacheRepositoryBase<ActivationEntity, ActivationEntity.Key> {
    /** By loop, in the order of their times. */
    Map<String, List<Activation>> ofEvent(String eventId) {
        return list("eventId", Sort.by("time").and("identity"), eventId).stream()
                .collect(Collectors.groupingBy(
                        row -> row.loop,
                        Collectors.mapping(row -> Json.read(row.body, Activation.class), Collectors.toList())));
    }
}
