-- Everything of one event lies in one week, that of its decision, in each of the tables. Which week that is stands in the key
-- table, and so does the uniqueness by (loop, event id), which the keys of partitioned tables cannot hold (docs/adr/0009).

create schema projection_rows_1;
comment on schema projection_rows_1 is 'the partitions of the tables in projection; a rebuild makes the next such schema';

alter table decision rename to decision_v1;
alter table reward rename to reward_v1;
alter table activation rename to activation_v1;
alter table feedback rename to feedback_v1;
alter table fate rename to fate_v1;
drop view newest_feedback;
drop index decision_by_time, feedback_by_time, feedback_first_by_status, feedback_corrected, fate_by_kind;

-- The tables that a rebuild makes anew.
create function make_tables(parents text) returns void language plpgsql as $make$
declare
    before text := current_setting('search_path');
begin
    perform set_config('search_path', quote_ident(parents), true);

    create table event (
        event_id         text collate "C"  not null,
        loop             text collate "C"  not null,
        week             date              not null,
        decided          boolean           not null,
        moved_from       date              null,
        constraint event_key primary key (event_id, loop)
    );
    create index event_undecided on event (event_id, loop) where not decided;
    create index event_by_week on event using brin (week);
    comment on table event is 'one row per loop and event id, whatever is known of it';
    comment on column event.week is 'Monday of the week (UTC) of its decision; of what came first, until the decision is there';
    comment on column event.moved_from is 'the week that it lay in before its decision came; null where it came first';

    create table decision (
        loop             text collate "C"  not null,
        event_id         text collate "C"  not null,
        week             date              not null,
        time             timestamptz       not null,
        model_version    bigint            not null,
        action           text              null,
        deferred         boolean           not null,
        source_partition integer           null,
        source_offset    bigint            null,
        body             jsonb             not null,
        constraint decision_key primary key (event_id, loop, week)
    ) partition by range (week);
    create index decision_by_time on decision (loop, time desc, event_id desc);
    create index decision_by_version on decision (loop, model_version, time desc, event_id desc);
    create index decision_by_action on decision (loop, action, time desc, event_id desc);
    create index decision_by_context on decision using gin ((body -> 'context') jsonb_path_ops);
    comment on table decision is 'one row per loop and event id: the decision that counts';
    comment on column decision.action is 'chosen in the slot main, or the first one; null in a regression loop';
    comment on column decision.source_offset is 'of its record on the decisions topic; null where it came by another way';

    create table reward (
        loop             text collate "C"  not null,
        event_id         text collate "C"  not null,
        identity         text collate "C"  not null,
        week             date              not null,
        slot             text              not null,
        value            double precision  not null,
        time             timestamptz       not null,
        body             jsonb             not null,
        constraint reward_key primary key (event_id, loop, identity, week)
    ) partition by range (week);
    comment on column reward.identity is 'the reward id, or topic-partition@offset of a reward without one';

    create table activation (
        loop             text collate "C"  not null,
        event_id         text collate "C"  not null,
        identity         text collate "C"  not null,
        week             date              not null,
        time             timestamptz       not null,
        body             jsonb             not null,
        constraint activation_key primary key (event_id, loop, identity, week)
    ) partition by range (week);

    create table feedback (
        loop             text collate "C"  not null,
        event_id         text collate "C"  not null,
        revision         integer           not null,
        week             date              not null,
        time             timestamptz       not null,
        status           text              not null,
        reward           double precision  not null,
        imported         boolean           not null,
        closed_at        timestamptz       not null,
        source_partition integer           null,
        source_offset    bigint            null,
        body             jsonb             not null,
        constraint feedback_key primary key (event_id, loop, revision, week)
    ) partition by range (week);
    create index feedback_by_closing on feedback (loop, closed_at desc, event_id desc);
    create index feedback_by_status on feedback (loop, status, time desc, event_id desc) include (revision);
    create index feedback_corrected on feedback (loop) where revision > 1;
    comment on column feedback.time is 'of its decision';
    comment on column feedback.source_offset is 'of its record on the feedback topic: what snapshots are pinned by; null before 1';
    comment on column feedback.body is 'as it was published, without the decision';

    create view newest_feedback as
        select * from feedback f
        where not exists (
            select from feedback later
            where later.event_id = f.event_id and later.loop = f.loop and later.week = f.week
                and later.revision > f.revision);

    create table fate (
        topic            text collate "C"  not null,
        source_partition integer           not null,
        source_offset    bigint            not null,
        week             date              not null,
        loop             text collate "C"  not null,
        event_id         text collate "C"  not null,
        kind             text              not null,
        time             timestamptz       not null,
        constraint fate_key primary key (topic, source_partition, source_offset, week)
    ) partition by range (week);
    create index fate_by_kind on fate (loop, kind);
    create index fate_by_event on fate (event_id, loop);
    comment on table fate is 'what became of a record that is not simply part of its feedback; the last word holds';

    create table landed (
        topic            text collate "C"  not null,
        source_partition integer           not null,
        next_offset      bigint            not null,
        primary key (topic, source_partition)
    );
    comment on table landed is 'how far each topic is in these tables; written with the rows, in one transaction';

    perform set_config('search_path', before, true);
end
$make$;

-- One partition of each table for the week; ahead of its time, or when the first row needs it.
create function make_week(parents text, rows text, monday date) returns void language plpgsql as $make$
declare
    parent text;
    part text;
begin
    perform pg_advisory_xact_lock(hashtext('projection.make_week'));
    foreach parent in array array['decision', 'reward', 'activation', 'feedback', 'fate'] loop
        part := parent || to_char(monday, '_YYYYMMDD');
        if to_regclass(format('%I.%I', rows, part)) is null then
            -- Made apart and attached, because a partition that is made in place locks everybody out for a moment.
            execute format('create table %I.%I (like %I.%I including defaults)', rows, part, parents, parent);
            execute format('alter table %I.%I attach partition %I.%I for values from (%L) to (%L)',
                parents, parent, rows, part, monday, monday + 7);
        end if;
    end loop;
end
$make$;

create function digest(loop text, event_id text) returns bytea language sql immutable as
    $$ select sha256(convert_to(loop || '/' || event_id, 'UTF8')) $$;

create function monday(at timestamptz) returns date language sql immutable as
    $$ select date_trunc('week', at at time zone 'UTC')::date $$;

-- What is kept beside the rows and cannot be read again from Kafka.

create table generation (
    number           integer           not null,
    rows_schema      text              not null
);
insert into generation values (1, 'projection_rows_1');
comment on table generation is 'one row: where the partitions are now';

create table dropped (
    loop             text collate "C"  not null,
    week             date              not null,
    at               timestamptz       not null,
    primary key (loop, week)
);
comment on table dropped is 'weeks of a loop that have been dropped for their age, and do not come back';

create table erased_event (
    digest           bytea             primary key,
    erasure          bigint            not null
);
comment on table erased_event is 'SHA-256 of loop and event id: never stored again, whatever is read';

create table erasure (
    id               bigint            generated always as identity primary key,
    loop             text              not null,
    at               timestamptz       not null,
    selected_by      text              not null,
    reference        text              null,
    events           bigint            not null,
    rows             bigint            not null
);
create index erasure_by_loop on erasure (loop, id);
comment on column erasure.selected_by is 'eventIds, or the path in the context; never the value';

create table snapshot (
    id               text collate "C"  primary key,
    number           bigint            generated always as identity,
    loop             text collate "C"  not null,
    query            jsonb             not null,
    offsets          jsonb             not null,
    row_count        bigint            not null,
    sha256           text              not null,
    first_time       timestamptz       null,
    last_time        timestamptz       null,
    created_at       timestamptz       not null,
    erased           bigint            not null default 0
);
create index snapshot_by_loop on snapshot (loop, number);

create table dataset (
    loop             text collate "C"  not null,
    model_version    bigint            not null,
    dataset_id       text              null,
    first_time       timestamptz       null,
    last_time        timestamptz       not null,
    primary key (loop, model_version)
);
comment on table dataset is 'what registered model versions were trained on, as training-service announced it';

create function refuse_change() returns trigger language plpgsql as $refuse$
begin
    raise exception 'append-only: %', tg_table_name;
end
$refuse$;
create trigger erasure_is_append_only before update or delete on erasure
    for each row execute function refuse_change();
create trigger erasure_is_not_truncated before truncate on erasure
    for each statement execute function refuse_change();

-- What was there already.

do $$
declare
    here text := current_schema();
begin
    perform make_tables(here);
    perform make_week(here, 'projection_rows_1', known.monday) from (
        select distinct monday(time) as monday from decision_v1
        union select distinct monday(time) from reward_v1
        union select distinct monday(time) from activation_v1
        union select distinct monday(time) from fate_v1
        union select distinct monday((body #>> '{decision,time}')::timestamptz) from feedback_v1
        order by 1) known;
end
$$;

insert into event (event_id, loop, week, decided)
    select event_id, loop, monday(time), true from decision_v1;
insert into event (event_id, loop, week, decided)
    select event_id, loop, min(week), false from (
        select event_id, loop, monday((body #>> '{decision,time}')::timestamptz) as week from feedback_v1
        union all select event_id, loop, monday(time) from reward_v1
        union all select event_id, loop, monday(time) from activation_v1
        union all select event_id, loop, monday(time) from fate_v1) others
    group by event_id, loop
    on conflict do nothing;
insert into decision
    select loop, event_id, e.week, time, model_version, action, deferred, source_partition, source_offset, body
    from decision_v1 join event e using (event_id, loop);
insert into reward
    select loop, event_id, identity, e.week, slot, value, time, body from reward_v1 join event e using (event_id, loop);
insert into activation
    select loop, event_id, identity, e.week, time, body from activation_v1 join event e using (event_id, loop);
insert into feedback
    select loop, event_id, revision, e.week, (body #>> '{decision,time}')::timestamptz, status, reward, imported, closed_at,
        null, null, body - 'decision'
    from feedback_v1 join event e using (event_id, loop);
insert into fate
    select topic, source_partition, source_offset, e.week, loop, event_id, kind, time
    from fate_v1 join event e using (event_id, loop);

drop table decision_v1, reward_v1, activation_v1, feedback_v1, fate_v1;
