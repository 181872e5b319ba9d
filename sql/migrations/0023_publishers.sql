-- Who may speak in whose name: a role of a place, such as the prefecture of 16, for a publisher.
create table speaker_decision (
  id integer generated always as identity primary key,
  source_id integer not null references source (id),
  role text not null check (role in ('town-hall', 'cert', 'prefecture')),
  place text not null references place (code),
  speaks boolean not null,
  reason text not null default '',
  decided_by text not null,
  decided_at timestamptz not null default now()
);
create index speaker_decision_of_source on speaker_decision (source_id, role, place, id);
comment on table speaker_decision is 'Decisions on who may bring files in the name of a publisher; the last one on somebody holds, whoever first brings a new name has it, an administrator speaks for all';
comment on column speaker_decision.id is 'Order of the decisions';
comment on column speaker_decision.source_id is 'Publisher';
comment on column speaker_decision.role is 'Role of those concerned';
comment on column speaker_decision.place is 'Place that they answer for';
comment on column speaker_decision.speaks is 'Whether they may from then on';
comment on column speaker_decision.reason is 'Why, as told; empty for the first use of a name';
comment on column speaker_decision.decided_by is 'Account of the administrator, or of whoever first used the name';
comment on column speaker_decision.decided_at is 'Moment of the decision';
create trigger speaker_decision_is_append_only before update or delete or truncate on speaker_decision
  for each statement execute function refuse_change();
insert into speaker_decision (source_id, role, place, speaks, reason, decided_by, decided_at)
  select r.source_id, a.role, a.place, true, 'avant la mise à jour', min(a.id)::text, min(r.recorded_at)
    from release r
    join account a on a.id::text = r.recorded_by
   where a.place is not null
   group by r.source_id, a.role, a.place
   order by min(r.recorded_at);

alter table speaker_decision enable row level security;
create policy speaker_decision_is_read on speaker_decision for select using (current_user::text <> 'vigie_public');
create policy speaker_decision_is_taken on speaker_decision for insert with check (
  current_user::text = 'vigie_administrator' and decided_by = vigie_account()
);

-- The same letters and figures are the same name, whatever stands around them.
create function vigie_name_key(publisher text) returns text language sql immutable as $$
  select lower(regexp_replace(normalize(publisher, NFKD), '[^[:alnum:]]+', '', 'g'))
$$;
comment on function vigie_name_key is 'What is left of the name of a publisher when accents, signs and capitals are set aside';

create function vigie_role() returns text language sql stable as $$
  select replace(replace(current_setting('role'), 'vigie_', ''), '_', '-')
$$;
comment on function vigie_role is 'Role of the present request; none for the service itself';

create function vigie_speaks_for(source integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select vigie_role() in ('none', 'administrator')
      or coalesce((select d.speaks from speaker_decision d
                    where d.source_id = source and d.role = vigie_role() and d.place = vigie_place()
                    order by d.id desc limit 1), false)
$$;
comment on function vigie_speaks_for is 'Whether the present request may bring a file in the name of a publisher';

-- A name that nobody used is of whoever uses it first, unless it looks like another's.
create function claim_name() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if vigie_role() in ('town-hall', 'cert', 'prefecture')
     and not exists (select from source s where s.id <> new.id and vigie_name_key(s.publisher) = vigie_name_key(new.publisher)) then
    insert into speaker_decision (source_id, role, place, speaks, decided_by)
      values (new.id, vigie_role(), vigie_place(), true, coalesce(vigie_account(), ''));
  end if;
  return null;
end $$;
comment on function claim_name is 'Gives the name of a new publisher to who brings its first file';
create trigger source_is_claimed after insert on source for each row execute function claim_name();

drop policy release_is_brought on release;
create policy release_is_brought on release for insert with check (
  recorded_by = vigie_account() and vigie_answers_for(default_place) and vigie_answers_for(reach)
  and vigie_speaks_for(source_id)
  and case current_user::text
    when 'vigie_town_hall' then import_kind in ('applications', 'appointment-waits', 'town-halls', 'opening-hours', 'closures')
    when 'vigie_cert' then import_kind in ('issuance-delays', 'titles-issued', 'indicators', 'cert-capacity', 'events')
    else true
  end
);

-- Figures that somebody declared changed are settled again when the functions are rebuilt: a publisher changes its own alone.
with touched as (
  select v.series_id, min(v.ctid) as kept
    from settled_value v
   where exists (select from observation o join release r on r.id = o.release_id
                  where o.series_id = v.series_id and r.kind <> 'initial' and r.recorded_by <> 'vigie-titres')
   group by v.series_id
), emptied as (
  delete from settled_value v using touched t where v.series_id = t.series_id and v.ctid <> t.kept
)
update settled_value v set told_until = '-infinity' from touched t where v.series_id = t.series_id and v.ctid = t.kept;
