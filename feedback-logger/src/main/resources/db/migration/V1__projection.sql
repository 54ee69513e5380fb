-- What the topics say, in rows. Everything here can be dropped and read again from Kafka.
-- Identifiers sort by bytes (collation C): faster, and the same on every machine.

create table decision (
    loop             text collate "C"  not null,
    event_id         text collate "C"  not null,
    time             timestamptz       not null,
    model_version    bigint            not null,
    action           text              null,
    deferred         boolean           not null,
    source_partition integer           null,
    source_offset    bigint            null,
    body             jsonb             not null,
    primary key (event_id, loop)
);
create index decision_by_time on decision (loop, time);
comment on table decision is 'one row per loop and event id: the decision that counts';
comment on column decision.action is 'chosen in the slot main, or the first one; null in a regression loop';
comment on column decision.source_offset is 'of its record on the decisions topic; null where it came by another way';

create table reward (
    loop             text collate "C"  not null,
    event_id         text collate "C"  not null,
    identity         text collate "C"  not null,
    slot             text              not null,
    value            double precision  not null,
    time             timestamptz       not null,
    body             jsonb             not null,
    primary key (event_id, loop, identity)
);
comment on column reward.identity is 'the reward id, or topic-partition@offset of a reward without one';

create table activation (
    loop             text collate "C"  not null,
    event_id         text collate "C"  not null,
    identity         text collate "C"  not null,
    time             timestamptz       not null,
    body             jsonb             not null,
    primary key (event_id, loop, identity)
);

create table feedback (
    loop             text collate "C"  not null,
    event_id         text collate "C"  not null,
    revision         integer           not null,
    status           text              not null,
    reward           double precision  not null,
    imported         boolean           not null,
    closed_at        timestamptz       not null,
    body             jsonb             not null,
    primary key (event_id, loop, revision)
);
create index feedback_by_time on feedback (loop, closed_at desc, event_id desc);
create index feedback_first_by_status on feedback (loop, status) where revision = 1;
create index feedback_corrected on feedback (loop) where revision > 1;

create view newest_feedback as
    select * from feedback f
    where not exists (
        select from feedback later
        where later.event_id = f.event_id and later.loop = f.loop and later.revision > f.revision);

create table fate (
    topic            text collate "C"  not null,
    source_partition integer           not null,
    source_offset    bigint            not null,
    loop             text collate "C"  not null,
    event_id         text collate "C"  not null,
    kind             text              not null,
    time             timestamptz       not null,
    primary key (topic, source_partition, source_offset)
);
create index fate_by_kind on fate (loop, kind);
comment on table fate is 'what became of a record that is not simply part of its feedback; the last word holds';
