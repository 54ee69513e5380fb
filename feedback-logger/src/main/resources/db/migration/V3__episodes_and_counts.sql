-- Steps of episodes are found by an index on what the decision says; of other loops' decisions it holds nothing.

alter function make_tables(text) rename to make_tables_v2;

create function index_episodes(parents text) returns void language plpgsql as $index$
begin
    -- numeric: a step that was written as 1.0 is the step 1.
    execute format($sql$
        create index decision_by_episode on %I.decision
            (loop, (body #>> '{episode,id}'), ((body #>> '{episode,step}')::numeric), time, event_id)
            where (body #>> '{episode,id}') is not null$sql$, parents);
end
$index$;

-- The tables that a rebuild makes anew.
create function make_tables(parents text) returns void language plpgsql as $make$
begin
    perform make_tables_v2(parents);
    perform index_episodes(parents);
end
$make$;

select index_episodes(current_schema());

-- What is left of weeks that were dropped for their age; no rebuild reads it again.
create table dropped_version (
    loop             text collate "C"  not null,
    week             date              not null,
    model_version    bigint            not null,
    decisions        bigint            not null,
    first_time       timestamptz       not null,
    last_time        timestamptz       not null,
    primary key (loop, week, model_version)
);
comment on table dropped_version is 'decisions of each model version in the weeks that are in dropped';

alter table erasure add column gone_from_kafka_by timestamptz null;
comment on column erasure.gone_from_kafka_by is 'by the retention of the topics; null where one keeps for ever or was not known';
