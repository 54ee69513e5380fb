package io.leeway.feedback.store;

import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads rewards. */
@ApplicationScoped
class RewardRepository implements PanacheRepositoryBase<RewardEntity, RewardEntity.Key> {
    /** By loop, in the order of their times. */
    Map<String, List<Reward>> ofEvent(String eventId) {
        return list("eventId", Sort.by("time").and("identity"), eventId).stream()
                .collect(Collectors.groupingBy(
                        row -> row.loop,
                        Collectors.mapping(row -> Json.read(row.body, Reward.class), Collectors.toList())));
    }
}
