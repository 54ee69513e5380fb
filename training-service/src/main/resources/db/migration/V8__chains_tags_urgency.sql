-- The audit log and the history of roles become chains: each entry holds the hash of the one before, by loop.

alter table audit add column position bigint, add column previous_sha256 text, add column sha256 text;
alter table role_history add column position bigint, add column previous_sha256 text, add column sha256 text;

-- Fields with their lengths, so that no two lists of fields look the same; null is a dash.
create function chained(variadic fields text[]) returns text language sql immutable as $$
    select string_agg(coalesce(octet_length(convert_to(f, 'UTF8')) || ':' || f, '-'), ',' order by n)
    from unnest(fields) with ordinality as t(f, n)
$$;
create function micros(at timestamptz) returns text language sql immutable as $$
    select ((extract(epoch from at) * 1000000)::bigint)::text
$$;
create function audit_sha256(a audit) returns text language sql stable set search_path from current as $$
    select encode(sha256(convert_to(a.previous_sha256 || chained(
        a.loop, a.position::text, micros(a.at), a.what, a.who, a.why), 'UTF8')), 'hex')
$$;
create function role_sha256(r role_history) returns text language sql stable set search_path from current as $$
    select encode(sha256(convert_to(r.previous_sha256 || chained(
        r.loop, r.position::text, micros(r.at), r.role, r.version::text, r.previous::text, r.who, r.why), 'UTF8')), 'hex')
$$;

-- What was written before there was a chain is chained as it stands now.
drop trigger audit_is_append_only on audit;
drop trigger role_history_is_append_only on role_history;
do $$
declare
    a audit;
    r role_history;
begin
    for a in select * from audit order by id loop
        select coalesce(max(position), 0) + 1 into a.position from audit where loop = a."loop";
        a.previous_sha256 := coalesce(
            (select sha256 from audit where loop = a."loop" and position = a.position - 1), repeat('0', 64));
        update audit set position = a.position, previous_sha256 = a.previous_sha256, sha256 = audit_sha256(a) where id = a.id;
    end loop;
    for r in select * from role_history order by id loop
        select coalesce(max(position), 0) + 1 into r.position from role_history where loop = r."loop";
        r.previous_sha256 := coalesce(
            (select sha256 from role_history where loop = r."loop" and position = r.position - 1), repeat('0', 64));
        update role_history set position = r.position, previous_sha256 = r.previous_sha256, sha256 = role_sha256(r)
            where id = r.id;
    end loop;
end
$$;
alter table audit alter column position set not null, alter column previous_sha256 set not null, alter column sha256 set not null;
alter table role_history
    alter column position set not null, alter column previous_sha256 set not null, alter column sha256 set not null;
create unique index audit_by_position on audit (loop, position);
create unique index role_history_by_position on role_history (loop, position);

-- Chains each new entry. One that brings its hash, as those of a backup do, must fit.
create function chain_audit() returns trigger language plpgsql set search_path from current as $$
declare
    last audit;
    given audit := new;
begin
    perform pg_advisory_xact_lock(hashtextextended('audit/' || new."loop", 0));
    select * into last from audit where loop = new."loop" order by position desc limit 1;
    new.position := coalesce(last.position, 0) + 1;
    new.previous_sha256 := coalesce(last.sha256, repeat('0', 64));
    new.sha256 := audit_sha256(new);
    if given.sha256 is not null and given.sha256 <> new.sha256 then
        raise exception 'must continue the chain of audit: loop=%, position=%', new."loop", new.position;
    end if;
    return new;
end
$$;
create function chain_role_history() returns trigger language plpgsql set search_path from current as $$
declare
    last role_history;
    given role_history := new;
begin
    perform pg_advisory_xact_lock(hashtextextended('roles/' || new."loop", 0));
    select * into last from role_history where loop = new."loop" order by position desc limit 1;
    new.position := coalesce(last.position, 0) + 1;
    new.previous_sha256 := coalesce(last.sha256, repeat('0', 64));
    new.sha256 := role_sha256(new);
    if given.sha256 is not null and given.sha256 <> new.sha256 then
        raise exception 'must continue the chain of role_history: loop=%, position=%', new."loop", new.position;
    end if;
    return new;
end
$$;
create trigger audit_is_chained before insert on audit for each row execute function chain_audit();
create trigger role_history_is_chained before insert on role_history for each row execute function chain_role_history();
create trigger audit_is_append_only before update or delete on audit
    for each row execute function refuse_change();
create trigger role_history_is_append_only before update or delete on role_history
    for each row execute function refuse_change();
create trigger audit_is_not_emptied before truncate on audit for each statement execute function refuse_change();
create trigger role_history_is_not_emptied before truncate on role_history
    for each statement execute function refuse_change();

-- What led to a version; of those that are there already, as far as their jobs still say.
alter table versions add column lineage jsonb;
update versions v set lineage = jsonb_strip_nulls(jsonb_build_object(
    'requestId', j.request ->> 'requestId', 'cause', j.request ->> 'cause', 'reason', j.request ->> 'reason',
    'driftId', j.request ->> 'driftId', 'jobId', v.job_id, 'dataset', v.provenance -> 'dataset' ->> 'id'))
    from jobs j where j.id = v.job_id;
create trigger versions_are_immutable before update on versions for each row execute function refuse_change();
create trigger artifacts_are_immutable before update on artifacts for each row execute function refuse_change();

-- What people note of versions; unlike the versions it changes.
create table version_tags (
    loop     text not null,
    version  bigint not null,
    name     text not null,
    value    text not null,
    primary key (loop, version, name)
);

-- Artifacts that retention took; their versions stay.
create table expired_artifacts (
    loop     text not null,
    version  bigint not null,
    at       timestamptz not null,
    primary key (loop, version)
);

-- Jobs: what is urgent goes first, what is late is given up, what failed for a reason that may pass is tried again.
alter table jobs
    add column priority integer not null default 0,
    add column deadline timestamptz,
    add column retry_at timestamptz,
    add column losses jsonb not null default '[]';
