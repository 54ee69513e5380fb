package io.leeway.training.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** Rows of {@code role_history}, which several stores read. */
@ApplicationScoped
class RoleHistoryRows implements PanacheRepositoryBase<RoleHistoryEntity, Long> {}
