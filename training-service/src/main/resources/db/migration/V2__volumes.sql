-- Feedback since a loop was last retrained for its volume.
create table volumes (
    loop      text primary key,
    feedback  bigint not null
);
