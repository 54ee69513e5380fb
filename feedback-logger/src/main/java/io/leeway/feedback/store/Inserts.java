package io.leeway.feedback.store;

/** The statements that write; each takes one array per column. */
final class Inserts {
    private static final String DECISION_COLUMNS = """
            insert into projection.decision
                (loop, event_id, time, model_version, action, deferred, source_partition, source_offset, body)
            select loop, event_id, time::timestamptz, model_version, action, deferred,
                source_partition, source_offset, body::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                as t(loop, event_id, time, model_version, action, deferred, source_partition, source_offset, body)
            """;

    static final String DECISIONS = DECISION_COLUMNS + "on conflict do nothing";

    static final String WINNING_DECISIONS = DECISION_COLUMNS + """
            on conflict (event_id, loop) do update set
                time = excluded.time, model_version = excluded.model_version, action = excluded.action,
                deferred = excluded.deferred, body = excluded.body, source_partition = null, source_offset = null
            where decision.source_partition = excluded.source_partition
                and decision.source_offset = excluded.source_offset
            """;

    static final String REWARDS = """
            insert into projection.reward (loop, event_id, identity, slot, value, time, body)
            select loop, event_id, identity, slot, value, time::timestamptz, body::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?) as t(loop, event_id, identity, slot, value, time, body)
            on conflict do nothing
            """;

    static final String ACTIVATIONS = """
            insert into projection.activation (loop, event_id, identity, time, body)
            select loop, event_id, identity, time::timestamptz, body::jsonb
            from unnest(?, ?, ?, ?, ?) as t(loop, event_id, identity, time, body)
            on conflict do nothing
            """;

    static final String FEEDBACK = """
            insert into projection.feedback (loop, event_id, revision, status, reward, imported, closed_at, body)
            select loop, event_id, revision, status, reward, imported, closed_at::timestamptz, body::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                as t(loop, event_id, revision, status, reward, imported, closed_at, body)
            on conflict do nothing
            """;

    static final String FATES = """
            insert into projection.fate (topic, source_partition, source_offset, loop, event_id, kind, time)
            select topic, source_partition, source_offset, loop, event_id, kind, time::timestamptz
            from unnest(?, ?, ?, ?, ?, ?, ?)
                as t(topic, source_partition, source_offset, loop, event_id, kind, time)
            on conflict (topic, source_partition, source_offset)
                do update set kind = excluded.kind, time = excluded.time
            """;

    private Inserts() {}
}
