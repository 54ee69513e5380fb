package io.leeway.training.store;

import io.leeway.training.Page;
import io.leeway.training.VersionFilter;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;

/** Makes a filter into SQL; every value is a parameter. Used for one search. */
final class VersionSearch {
    private static final String METRIC =
            "coalesce(v.metrics -> cast(%1$s as text), v.metrics #> string_to_array(%1$s, '.'))";
    private static final String PARAMETER =
            "coalesce(v.provenance -> 'hyperparameters' ->> cast(%1$s as text), v.provenance ->> cast(%1$s as text))";

    private final StringBuilder sql =
            new StringBuilder("select v.* from {h-schema}versions v where v.loop = ?1 and v.version < ?2");
    private final List<Object> values = new ArrayList<>();
    private final Page page;

    VersionSearch(String loop, VersionFilter filter, Page page) {
        this.page = page;
        values.add(loop);
        values.add(page.number());
        filter.metrics().forEach(this::metric);
        filter.tags().forEach(this::tag);
        filter.parameters().forEach(this::parameter);
        if (filter.since() != null) {
            sql.append(" and v.created_at >= ").append(value(filter.since()));
        }
        if (filter.until() != null) {
            sql.append(" and v.created_at < ").append(value(filter.until()));
        }
        sql.append(" order by v.version desc");
    }

    @SuppressWarnings("unchecked")
    List<VersionEntity> list(EntityManager entities) {
        Query query =
                entities.createNativeQuery(sql.toString(), VersionEntity.class).setMaxResults(page.limit());
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return query.getResultList();
    }

    /** A case, because PostgreSQL may compute conditions in any order, and what is not a number cannot be cast. */
    private void metric(VersionFilter.Bound bound) {
        String field = METRIC.formatted(value(bound.name()));
        sql.append(" and case when jsonb_typeof(")
                .append(field)
                .append(") = 'number' then cast(")
                .append(field)
                .append(" as double precision) ")
                .append(bound.comparison())
                .append(' ')
                .append(value(bound.value()))
                .append(" else false end");
    }

    private void tag(VersionFilter.Named tag) {
        sql.append(
                        " and exists (select 1 from {h-schema}version_tags t where t.loop = v.loop and t.version = v.version")
                .append(" and t.name = ")
                .append(value(tag.name()));
        tag.value().ifPresent(wanted -> sql.append(" and t.value = ").append(value(wanted)));
        sql.append(')');
    }

    private void parameter(VersionFilter.Named parameter) {
        String field = PARAMETER.formatted(value(parameter.name()));
        if (parameter.value().isPresent()) {
            sql.append(" and ")
                    .append(field)
                    .append(" = ")
                    .append(value(parameter.value().get()));
        } else {
            sql.append(" and ").append(field).append(" is not null");
        }
    }

    private String value(Object value) {
        values.add(value);
        return "?" + values.size();
    }
}
