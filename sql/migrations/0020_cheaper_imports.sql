-- Rows of an import speak of few series and of one release: they are looked up once each, not once a row.
create or replace function refuse_orphans() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct series_id, release_id from added) a
              where not exists (select from series where series.id = a.series_id)
                 or not exists (select from release where release.id = a.release_id)) then
    raise exception 'an observation needs its series and its release' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;

-- Derived from observation, whose rows are checked, as the settled values are.
alter table sole_release drop constraint sole_release_series_id_fkey, drop constraint sole_release_release_id_fkey;
