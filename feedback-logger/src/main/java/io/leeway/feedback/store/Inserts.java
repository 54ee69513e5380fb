package io.leeway.feedback.store;

/**
 * The statements that write; each takes one array per column.
 *
 * <p>Every event has one row in {@code event}. Who brings the decision owns it; whatever else comes first puts a row there
 * provisionally. Both lock it, so that rows of one event never lie in two weeks. Once a decision owns it, its week stays: who comes
 * then neither writes nor locks it, and who takes the decision back does so with nobody else writing. What was erased gets no such
 * row, and without one nothing else is stored. Rows are ordered, so that transactions side by side lock them in one order.
 */
final class Inserts {
    /** Asks first whether anything was erased at all: a digest costs more than a look into an index. */
    private static final String NOT_ERASED = """
            (not (select exists (select from erased_event))
                or not exists (select from erased_event x where x.digest = digest(i.loop, i.event_id)))
            """;

    private static final String NOT_DROPPED = """
            not exists (select from dropped x where x.loop = e.loop and x.week = e.week)
            """;

    /** Returns the events of which something lies in another week, which has to follow. */
    static final String DECISIONS = """
            with input as materialized (
                select distinct on (event_id, loop) loop, event_id, time::timestamptz as time,
                    monday(time::timestamptz) as week, model_version, action, deferred,
                    source_partition, source_offset, body
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
                    as t(loop, event_id, time, model_version, action, deferred, source_partition, source_offset, body, n)
                order by event_id, loop, n),
            ours as (
                insert into event (event_id, loop, week, decided)
                select event_id, loop, week, true from input i where
            """ + NOT_ERASED + """
                order by event_id, loop
                on conflict (event_id, loop)
                    do update set week = excluded.week, decided = true, moved_from = event.week
                    where not event.decided
                returning event_id, loop, week, moved_from),
            stored as (
                insert into decision (loop, event_id, week, time, model_version, action, deferred,
                    source_partition, source_offset, body)
                select loop, event_id, e.week, time, model_version, action, deferred,
                    source_partition, source_offset, body::jsonb
                from input join ours e using (event_id, loop) where
            """ + NOT_DROPPED + """
                order by event_id, loop)
            select event_id, loop, moved_from, week from ours where moved_from <> week
            """;

    static final String MOVE = """
            update %s r set week = m.week::date
            from unnest(?, ?, ?, ?) as m(event_id, loop, moved_from, week)
            where r.event_id = m.event_id and r.loop = m.loop and r.week = m.moved_from::date
            """;

    /** Looks first: most events have a decision, whose row is neither to be written nor to be locked. */
    static final String KEYS = """
            with undecided as materialized (
                select i.event_id, i.loop, i.time
                from unnest(?, ?, ?) as i(loop, event_id, time) left join event e using (event_id, loop)
                where e.decided is not true)
            insert into event (event_id, loop, week, decided)
            select event_id, loop, min(monday(time::timestamptz)), false
            from undecided i where
            """ + NOT_ERASED + """
            group by event_id, loop
            order by event_id, loop
            on conflict (event_id, loop) do update set decided = false where not event.decided
            """;

    static final String REWARDS = """
            insert into reward (loop, event_id, identity, week, slot, value, time, body)
            select loop, event_id, identity, e.week, slot, value, time::timestamptz, body::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?) with ordinality as i(loop, event_id, identity, slot, value, time, body, n)
                join event e using (event_id, loop) where
            """ + NOT_DROPPED + """
            order by event_id, loop, identity, n
            on conflict do nothing
            """;

    static final String ACTIVATIONS = """
            insert into activation (loop, event_id, identity, week, time, body)
            select loop, event_id, identity, e.week, time::timestamptz, body::jsonb
            from unnest(?, ?, ?, ?, ?) as i(loop, event_id, identity, time, body)
                join event e using (event_id, loop) where
            """ + NOT_DROPPED + """
            order by event_id, loop, identity
            on conflict do nothing
            """;

    static final String FEEDBACK = """
            insert into feedback (loop, event_id, revision, week, time, status, reward, imported, closed_at,
                source_partition, source_offset, body)
            select loop, event_id, revision, e.week, time::timestamptz, status, reward, imported, closed_at::timestamptz,
                source_partition, source_offset, body::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
                as i(loop, event_id, revision, time, status, reward, imported, closed_at,
                    source_partition, source_offset, body, n)
                join event e using (event_id, loop) where
            """ + NOT_DROPPED + """
            order by event_id, loop, revision, n
            on conflict do nothing
            """;

    static final String FATES = """
            insert into fate (topic, source_partition, source_offset, week, loop, event_id, kind, time)
            select topic, source_partition, source_offset, e.week, loop, event_id, kind, time::timestamptz
            from unnest(?, ?, ?, ?, ?, ?, ?)
                as i(topic, source_partition, source_offset, loop, event_id, kind, time)
                join event e using (event_id, loop) where
            """ + NOT_DROPPED + """
            order by topic, source_partition, source_offset
            on conflict (topic, source_partition, source_offset, week)
                do update set kind = excluded.kind, time = excluded.time
            """;

    /** Takes back a decision that turned out not to count; nothing happens if another one stands there. With nobody else writing. */
    static final String TAKE_BACK = """
            with loser as (
                delete from decision d using event e
                where e.event_id = ? and e.loop = ?
                    and d.event_id = e.event_id and d.loop = e.loop and d.week = e.week
                    and d.source_partition = ? and d.source_offset = ?
                returning d.event_id, d.loop)
            update event e set decided = false from loser where e.event_id = loser.event_id and e.loop = loser.loop
            """;

    static final String REACH = """
            insert into landed (topic, source_partition, next_offset)
            select topic, source_partition, next_offset from unnest(?, ?, ?) as t(topic, source_partition, next_offset)
            order by topic, source_partition
            on conflict (topic, source_partition)
                do update set next_offset = greatest(landed.next_offset, excluded.next_offset)
            """;

    private Inserts() {}
}
