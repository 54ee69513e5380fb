-- What continuous learners had learned at the moments when it was served, for as long as it is kept.
create table checkpoints (
    loop        text not null references loops (name) on delete cascade,
    version     bigint not null,
    feedbacks   bigint not null,
    since       bigint not null,
    offsets     jsonb not null,
    sha256      text not null,
    size_bytes  bigint not null,
    created_at  timestamptz not null,
    figures     jsonb not null,
    bytes       bytea not null,
    primary key (loop, version, feedbacks)
);
create index checkpoints_by_time on checkpoints (loop, created_at);
