-- The registry: loops, jobs, model versions, roles, and what was done to them. Flyway puts it into its own schema.

create table loops (
    name        text primary key,
    revision    bigint not null,
    salt        text not null,
    settings    jsonb not null,
    frozen      jsonb,
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);

-- What must outlive a loop: version numbers are not given twice, and a new loop of the name does not learn from the old one's feedback.
create table deleted_loops (
    name              text primary key,
    deleted_at        timestamptz not null,
    last_version      bigint not null,
    feedback_offsets  jsonb not null
);

create table jobs (
    id             text primary key,
    loop           text not null,
    request        jsonb not null,
    state          text not null,
    requested_at   timestamptz not null,
    started_at     timestamptz,
    ended_at       timestamptz,
    attempts       integer not null,
    model_version  bigint,
    message        text,
    steps          jsonb not null,
    lease_owner    text,
    lease_until    timestamptz
);
create index jobs_by_loop on jobs (loop, id);
create index jobs_open on jobs (requested_at) where state in ('waiting', 'running');
create unique index jobs_one_running_per_loop on jobs (loop) where state = 'running';
create unique index jobs_one_waiting_per_loop on jobs (loop) where state = 'waiting';

create table retrain_requests (
    request_id   text primary key,
    loop         text not null,
    job_id       text not null,
    merged       boolean not null,
    received_at  timestamptz not null
);
create index retrain_requests_by_loop on retrain_requests (loop);

create table versions (
    loop            text not null,
    version         bigint not null,
    learner         text not null,
    job_id          text not null,
    created_at      timestamptz not null,
    sha256          text not null,
    weights_sha256  text not null,
    size_bytes      bigint not null,
    metrics         jsonb not null,
    gates           jsonb not null,
    provenance      jsonb not null,
    primary key (loop, version)
);
create unique index versions_by_job on versions (job_id);

-- Apart from versions, so that a list of versions does not read megabytes.
create table artifacts (
    loop     text not null,
    version  bigint not null,
    bytes    bytea not null,
    primary key (loop, version)
);

create table roles (
    loop     text not null,
    role     text not null,
    version  bigint not null,
    since    timestamptz not null,
    primary key (loop, role)
);

create table role_history (
    id        bigint generated always as identity primary key,
    loop      text not null,
    role      text not null,
    version   bigint,
    previous  bigint,
    at        timestamptz not null,
    who       text not null,
    why       text
);
create index role_history_by_loop on role_history (loop, role, id);

create table audit (
    id    bigint generated always as identity primary key,
    at    timestamptz not null,
    loop  text not null,
    what  text not null,
    who   text not null,
    why   text
);
create index audit_by_loop on audit (loop, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'append-only: %', tg_table_name;
end
$$;
create trigger audit_is_append_only before update or delete on audit
    for each row execute function refuse_change();
create trigger role_history_is_append_only before update or delete on role_history
    for each row execute function refuse_change();

-- Events that were decided with a transaction and wait to be written to Kafka; removed once the broker has confirmed them.
create table outbox (
    id        bigint generated always as identity primary key,
    type      text not null,
    key       text not null,
    event_id  text not null,
    headers   jsonb not null,
    value     bytea,
    at        timestamptz not null
);
create index outbox_by_key on outbox (type, key, id);
