-- What the triggers of tables do; a table names its triggers in its own migration.

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: publish a revision, a correction or a withdrawal instead', tg_table_name
    using errcode = 'restrict_violation';
end $$;

create or replace function refuse_orphans() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct series_id, release_id from added) a
              where not exists (select from series where series.id = a.series_id)
                 or not exists (select from release where release.id = a.release_id)) then
    raise exception 'an observation needs its series and its release' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
comment on function refuse_orphans is 'Checks that the rows added to observation have their series and their release';

create or replace function claim_name() returns trigger
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

create or replace function place_of_cert() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'place' then
    insert into place (code, kind, name, parent)
      values ('cert-' || lower(new.code), 'cert', 'CERT (périmètre supposé : ' || new.name || ')', new.code)
      on conflict (code) do nothing;
  else
    insert into place (code, kind, name, parent) values (new.cert, 'cert', new.name, new.department)
      on conflict (code) do update set name = excluded.name
        where place.kind = 'cert' and place.parent = excluded.parent;
  end if;
  return null;
end $$;
comment on function place_of_cert is 'Makes a place of the centre supposed for a new department, and of each centre that a file names: its own department is the first that it serves, and alone names it';
