create view value_in_force as
  select series_id, period, release_id, value, status, shown_from, shown_until
    from settled_value
  union all
  select o.series_id, o.period, o.release_id, o.value, o.status, s.shown_from, 'infinity'
    from sole_release s
    join observation o on o.series_id = s.series_id and o.release_id = s.release_id
   where o.value is not null;
comment on view value_in_force is 'The value in force of each figure, each with the span of time in which it is';

-- Two plain tables side by side and every condition outside: PostgreSQL then finds the values of a series by its index in
-- both, which it does not through a join inside a union.
create view current_observation as
  select series_id, period, release_id, value, status
    from (
      select series_id, period, release_id, value, status, shown_from, shown_until, true as settled from settled_value
      union all
      select series_id, period, release_id, value, status, '-infinity'::timestamptz, 'infinity'::timestamptz, false
        from observation
    ) told
   where value is not null and shown_from <= now() and now() < shown_until
     and (settled or exists (select from sole_release s
                              where s.series_id = told.series_id and s.release_id = told.release_id and s.shown_from <= now()))
     and not (vigie_reads_as_public()
              and exists (select from secret_figure f join series s on s.id = f.series_id
                           where f.series_id = told.series_id and f.period = told.period
                             and not vigie_reads_secret_of(s.place)));
comment on view current_observation is 'The value in force of each figure at this moment, without those that are secret for who reads';

-- First publications never replace each other: the first stands until somebody declares a revision, a correction or a
-- change of method. Such a release takes back what its own source had said before, and the last one is in force.
-- A value taken back leaves the place to the others that stand. The same rule, in words of the program: settle().
-- The place of each release is looked up by its number, so that one pass over an index, in its order, finds the last
-- declared change, or else the first publication; only where it took the figure back are the others looked at again.
create function publication_order(as_of date, known_at timestamptz, shown_at timestamptz) returns integer[]
language sql stable as $$
  with told as (
    select r.id, r.kind <> 'initial' as declared,
           row_number() over (
             order by greatest(r.published_on, (p.embargo_until at time zone 'Europe/Paris')::date), r.id
           )::integer as place
      from release r
      join publication p on p.release_id = r.id
     where greatest(r.published_on, (p.embargo_until at time zone 'Europe/Paris')::date) <= as_of
       and greatest(p.published_at, p.embargo_until) <= known_at
       and (p.embargo_until is null or p.embargo_until <= shown_at)
  )
  select coalesce(array_agg(case when t.declared then t.place else coalesce(-t.place, 0) end order by number), '{}')
    from generate_series(1, (select max(id) from told)) number
    left join told t on t.id = number
$$;
comment on function publication_order is 'The place of each release by its number, as publications follow each other: above zero when it declares a change, below when it is a first publication, zero when it is not told';

create function values_in_force(
  wanted integer[] default null, of_period text default null, as_of date default 'infinity',
  known_at timestamptz default 'infinity', shown_at timestamptz default now()
) returns table (series_id integer, period text, release_id integer, value double precision)
language plpgsql stable as $$
#variable_conflict use_column
declare
  places constant integer[] := publication_order(as_of, known_at, shown_at);
begin
  return query
    with best as materialized (
      select o.series_id, o.period, max(array[places[o.release_id], o.release_id, o.value]) as top
        from observation o
       where places[o.release_id] <> 0
         and (wanted is null or o.series_id = any (wanted)) and (of_period is null or o.period = of_period)
       group by o.series_id, o.period
    )
    select b.series_id, b.period, b.top[2]::integer, b.top[3] from best b where b.top[3] is not null
    union all
    select b.series_id, b.period, other.release_id, other.value
      from best b
     cross join lateral (
       select standing.release_id, standing.value
         from (select o.release_id, o.value, places[o.release_id] as place,
                      max(places[o.release_id]) filter (where places[o.release_id] > 0) over (partition by r.source_id)
                        as last_declared
                 from observation o
                 join release r on r.id = o.release_id
                where o.series_id = b.series_id and o.period = b.period and places[o.release_id] <> 0) standing
        where value is not null and (last_declared is null or abs(place) >= last_declared)
        order by place desc
        limit 1
     ) other
     where b.top[3] is null;
end $$;
comment on function values_in_force is 'The values in force of some series (null: all) as the world knew them on a day (as_of) and as this service did at a moment (known_at); shown_at asks what an embargo will let through';

-- Who reads as of a day asks this one: checking the policies of rows on each of a million values takes twenty times what
-- choosing among them does, and only what was published is chosen. The role is asked by its setting, the owner being who
-- runs it.
create function values_as_of(
  wanted integer[] default null, of_period text default null, as_of date default 'infinity',
  known_at timestamptz default 'infinity'
) returns table (series_id integer, period text, release_id integer, value double precision)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  reader constant text := current_setting('role');
  own constant text := case reader when 'vigie_town_hall' then coalesce(vigie_place(), '') else '' end;
begin
  if reader not in ('vigie_public', 'vigie_town_hall') then
    return query select v.series_id, v.period, v.release_id, v.value from values_in_force(wanted, of_period, as_of, known_at) v;
  else
    return query
      select v.series_id, v.period, v.release_id, v.value
        from values_in_force(wanted, of_period, as_of, known_at) v
       where not exists (select from secret_figure f join series s on s.id = f.series_id
                          where f.series_id = v.series_id and f.period = v.period and s.place <> own);
  end if;
end $$;
comment on function values_as_of is 'The published values in force on a day (as_of), as this service knew them at a moment (known_at), without those that are secret for who asks';

-- An import keeps the values in force whoever brings it, and nobody writes them otherwise.
create function refresh_current_observation(changed integer[]) returns void language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if cardinality(changed) = 0 then return; end if;
  delete from settled_value where series_id = any (changed);
  delete from sole_release where series_id = any (changed);
  insert into sole_release (series_id, release_id, shown_from)
    select t.series_id, t.release_id, coalesce(max(t.embargo_until), '-infinity')
      from (select o.series_id, o.release_id, p.embargo_until,
                   count(*) over (partition by o.series_id, o.period) as releases
              from observation o
              join publication p on p.release_id = o.release_id
             where o.series_id = any (changed)) t
     group by t.series_id, t.release_id
    having max(t.releases) = 1;
  insert into settled_value (series_id, period, release_id, value, status, shown_from, shown_until)
    select v.series_id, v.period, v.release_id, v.value, o.status, t.shown_from, t.shown_until
      from (select moment as shown_from, lead(moment, 1, 'infinity') over (order by moment) as shown_until
              from (select '-infinity'::timestamptz as moment
                    union
                    select p.embargo_until
                      from publication p
                     where p.embargo_until > now()
                       and exists (select from observation o where o.release_id = p.release_id and o.series_id = any (changed))
                   ) moments) t
     cross join lateral values_in_force(changed, shown_at => greatest(t.shown_from, now())) v
      join observation o using (series_id, period, release_id)
     where not exists (select from sole_release s where s.series_id = v.series_id and s.release_id = v.release_id);
end $$;
comment on function refresh_current_observation is 'Chooses again the value in force of the given series, now and after each embargo';

create function put_in_force(told integer, touched integer[], made integer[] default '{}') returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  begins timestamptz;
  disputed integer[];
begin
  select coalesce(p.embargo_until, '-infinity') into begins from publication p where p.release_id = told;
  if not found then return; end if;
  disputed := array(
    select distinct o.series_id
      from observation o
     where o.release_id = told and o.series_id = any (touched)
       and exists (select from observation rival
                     join publication p on p.release_id = rival.release_id
                    where rival.series_id = o.series_id and rival.period = o.period and rival.release_id <> told));
  insert into sole_release (series_id, release_id, shown_from)
    select s.id, told, begins from unnest(touched || made) s(id) where s.id <> all (disputed)
        on conflict do nothing;
  perform refresh_current_observation(disputed);
end $$;
comment on function put_in_force is 'Puts the values of a published release in force; touched are the series that it speaks of, made those that it is the first to speak of';

create function rebuild_current_observation() returns void language sql as $$
  select refresh_current_observation(array(select id from series));
$$;
comment on function rebuild_current_observation is 'Makes the values in force anew from the observations';
