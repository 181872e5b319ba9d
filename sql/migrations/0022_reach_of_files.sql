-- What waits for its publication belongs to every place in its rows, not to the place that its sender gave to rows
-- without one: the smallest place that holds them all is written down, and who answers for that one reads and publishes.
alter table release add column reach text;
comment on column release.reach is 'Smallest place that holds every row: a commune, a department or FR; who answers for it reads the file before everybody, and publishes it';
drop trigger release_is_counted_once on release;
update release r
   set reach = coalesce(told.reach, r.default_place)
  from release file
  left join (
    select o.release_id,
           case when count(distinct p.code) = 1 then min(p.code)
                when count(distinct case when p.kind = 'commune' then p.parent else p.code end) = 1
                then min(case when p.kind = 'commune' then p.parent else p.code end)
                else 'FR' end as reach
      from (select distinct release_id, series_id
              from observation
             where release_id not in (select release_id from publication where embargo_until is null or embargo_until <= now())) o
      join series s on s.id = o.series_id
      join place p on p.code = s.place
     group by o.release_id
  ) told on told.release_id = file.id
 where file.id = r.id;
alter table release alter column reach set not null;
create trigger release_is_counted_once before update on release
  for each row when (old.row_count <> 0 or to_jsonb(old) - '{row_count,reach}'::text[] <> to_jsonb(new) - '{row_count,reach}'::text[])
  execute function refuse_change();

create or replace function vigie_release_place(release integer) returns text
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.reach from release r where r.id = release
$$;
comment on function vigie_release_place is 'Smallest place that holds every row of a file';

drop policy release_is_read on release;
create policy release_is_read on release for select using (
  id in (select p.release_id from publication p where p.embargo_until is null or p.embargo_until <= now())
  or vigie_answers_for(reach)
);
drop policy release_is_brought on release;
create policy release_is_brought on release for insert with check (
  recorded_by = vigie_account() and vigie_answers_for(default_place) and vigie_answers_for(reach)
  and case current_user::text
    when 'vigie_town_hall' then import_kind in ('applications', 'appointment-waits', 'town-halls', 'opening-hours', 'closures')
    when 'vigie_cert' then import_kind in ('issuance-delays', 'titles-issued', 'indicators', 'cert-capacity', 'events')
    else true
  end
);
