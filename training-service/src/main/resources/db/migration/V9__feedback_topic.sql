-- Of which feedback topic the offsets are that this schema has noted: offsets mean nothing in a topic that was made anew.
create table feedback_topic (
    singleton boolean primary key default true check (singleton),
    id        text not null,
    since     timestamptz not null default now()
);

-- Of a learner that got worse, so that they are not published again either.
alter table checkpoints add column taken_back boolean not null default false;
