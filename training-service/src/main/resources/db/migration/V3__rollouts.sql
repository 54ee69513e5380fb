-- How versions were rolled out: the live comparison with the offsets of the feedback in it, so that each feedback counts once.
create table rollouts (
    id          bigint generated always as identity primary key,
    loop        text not null,
    version     bigint not null,
    champion    bigint not null,
    mode        text not null,
    state       text not null,
    step        integer not null,
    plan        jsonb not null,
    comparison  text not null,
    offsets     jsonb not null,
    verdict     jsonb not null,
    started_at  timestamptz not null,
    step_since  timestamptz not null,
    ended_at    timestamptz
);
create unique index rollouts_one_goes_on_per_loop on rollouts (loop) where state in ('running', 'waiting');
create index rollouts_by_loop on rollouts (loop, id);
create index rollouts_by_version on rollouts (loop, version, id);

alter table loops add column canary jsonb;
