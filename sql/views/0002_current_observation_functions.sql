-- Two plain tables side by side and every condition outside: PostgreSQL then finds the values of a series by its index in
-- both, which it does not through a join inside a union.
create view current_observation as
  select series_id, period, release_id, value, status
    from (
      select series_id, period, release_id, value, status, told_until, shown_from, shown_until, true as settled
        from settled_value
      union all
      select series_id, period, release_id, value, status, 'infinity', '-infinity', 'infinity', false
        from observation
    ) told
   where value is not null and told_until = 'infinity' and shown_from <= now() and now() < shown_until
     and (settled or exists (select from sole_release s
                              where s.series_id = told.series_id and s.release_id = told.release_id and s.shown_from <= now()))
     and not (vigie_reads_as_public()
              and exists (select from secret_figure f join series s on s.id = f.series_id
                           where f.series_id = told.series_id and f.period = told.period
                             and not vigie_reads_secret_of(s.place)));
comment on view current_observation is 'The value in force of each figure at this moment, without those that are secret for who reads';

create view told_release as
  select r.id, r.source_id, r.kind <> 'initial' as declared, r.recorded_by = 'vigie-titres' as curated,
         greatest(r.published_on, (p.embargo_until at time zone 'Europe/Paris')::date) as told_from,
         greatest(p.published_at, p.embargo_until) as known_from,
         coalesce(p.embargo_until, '-infinity') as shown_from,
         coalesce(w.withdrawn_at, 'infinity') as known_until
    from release r
    join publication p on p.release_id = r.id
    left join withdrawal w on w.release_id = r.id;
comment on view told_release is 'Releases of which the publication is decided: the day as of which the world knows them, the moment since which this service does, the end of their embargo, the moment at which they were withdrawn';

-- First publications never replace each other: the first stands until somebody declares a revision, a correction or a
-- change of method. Such a release takes back what its own source had said before, and the last one is in force.
-- A value taken back leaves the place to the others that stand. The same rule, in words of the program: settle().
-- A figure is of the publisher who told it first: what another declares of it takes back that other's own words and
-- contradicts, but changes nothing.
-- The files of the program, which were read and compared, change any figure; it is then of their publisher as well.
-- The first is what this service showed first, whatever day a file brought later gives itself: `rank`. What is told of a
-- day before it, declared or not, was told after it, and changes nothing. The files of the program rank by their day.
-- A declared change begins a turn, and so does a publication that ranks before all those of earlier days; what begins a
-- turn holds. Where what holds was taken back, the others that stand are looked at again.
create function values_over_time(
  wanted integer[] default null, of_period text default null, as_of date default 'infinity',
  known_at timestamptz default 'infinity', shown_at timestamptz default now()
) returns table (
  series_id integer, period text, told_from date, told_until date, release_id integer, value double precision
) language sql stable as $$
  with told as materialized (
    select id, source_id, declared, curated, told_from as day, row_number() over (order by told_from, id) as place,
           row_number() over (order by greatest(case when curated then '-infinity' else known_from end,
                                                told_from::timestamp at time zone 'UTC'), id) as rank
      from told_release
     where told_from <= as_of and known_from <= known_at and shown_from <= shown_at
       and (known_until = 'infinity' or known_at < known_until)
  ), own as (
    select o.series_id, o.period, o.release_id, o.value, t.place, t.day, t.rank, t.declared, t.source_id,
           min(array[t.rank, t.source_id]) over (partition by o.series_id, o.period order by t.place) as first,
           bool_or(t.declared and t.curated) over (partition by o.series_id, o.period, t.source_id order by t.place) as curated
      from observation o
      join told t on t.id = o.release_id
     where (wanted is null or o.series_id = any (wanted)) and (of_period is null or o.period = of_period)
  ), said as (
    select *, lead(day) over figure as next_day,
           count(*) filter (where rank = first[1] or declared and (source_id = first[2] or curated)) over figure as turn
      from own
    window figure as (partition by series_id, period order by place)
  ), held as (
    select *, first_value(release_id) over turns as holder, first_value(value) over turns as held
      from said
    window turns as (partition by series_id, period, turn order by place)
  ), in_force as (
    select h.series_id, h.period, h.day, coalesce(other.release_id, h.holder) as release_id,
           coalesce(h.held, other.value) as value
      from held h
      left join lateral (
        select standing.release_id, standing.value
          from (select o.release_id, o.value, t.place, t.rank,
                       t.declared and t.place >= first_value(t.place) over (order by t.rank) and (
                         t.source_id = first_value(t.source_id) over (order by t.rank)
                         or bool_or(t.declared and t.curated) over (partition by t.source_id order by t.place)
                       ) as declared,
                       max(t.place) filter (where t.declared) over (partition by t.source_id) as last_declared
                  from observation o
                  join told t on t.id = o.release_id
                 where h.held is null
                   and o.series_id = h.series_id and o.period = h.period and t.place <= h.place) standing
         where value is not null and (last_declared is null or place >= last_declared)
         order by declared desc, case when declared then -place else rank end
         limit 1
      ) other on true
     where h.next_day is distinct from h.day
  ), changed as (
    select *, lag(release_id) over (partition by series_id, period order by day) as before from in_force
  ), span as (
    select *, lead(day, 1, 'infinity') over (partition by series_id, period order by day) as until
      from changed
     where release_id is distinct from before
  )
  select series_id, period, day, until, release_id, value from span where value is not null
$$;
comment on function values_over_time is 'The value in force of each figure of some series (null: all) as of each day up to as_of, by spans of days, as this service knew them at a moment (known_at); shown_at asks what an embargo will let through';

create function values_in_force(
  wanted integer[] default null, of_period text default null, as_of date default 'infinity',
  known_at timestamptz default 'infinity', shown_at timestamptz default now()
) returns table (series_id integer, period text, release_id integer, value double precision) language sql stable as $$
  select series_id, period, release_id, value
    from values_over_time(wanted, of_period, as_of, known_at, shown_at)
   where told_until = 'infinity'
$$;
comment on function values_in_force is 'The values in force of some series (null: all) as the world knew them on a day (as_of) and as this service did at a moment (known_at); shown_at asks what an embargo will let through';

create view dated_value as
  select series_id, period, release_id, value, told_from, told_until, shown_from, shown_until
    from settled_value
  union all
  select s.series_id, o.period, o.release_id, o.value, s.told_from, 'infinity', s.shown_from, 'infinity'
    from sole_release s
    join observation o on o.series_id = s.series_id and o.release_id = s.release_id
   where o.value is not null;
comment on view dated_value is 'The value in force of each figure, each with the days as of which and the moments at which it is';

-- Who reads as of a day asks this one, which chooses nothing: each value was written down with its days when it was
-- published. Checking the policies of rows on each of a million values takes twenty times what reading them does, and
-- only what was published is there. The role is asked by its setting, the owner being who runs it. Planned once for a
-- session, by series or by period: planning took longer than reading a series.
create function values_as_of(wanted integer[] default null, of_period text default null, as_of date default 'infinity')
returns table (series_id integer, period text, release_id integer, value double precision)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  day constant date := least(as_of, '9999-12-31');
  reader constant text := current_setting('role');
  own constant text := case reader when 'vigie_town_hall' then coalesce(vigie_place(), '') else '' end;
begin
  if wanted is null and of_period is null then
    raise exception 'values_as_of needs series or a period' using errcode = 'null_value_not_allowed';
  end if;
  return query
    select v.series_id, v.period, v.release_id, v.value
      from (
        select * from dated_value where series_id = any (wanted) and (of_period is null or period = of_period)
        union all
        select * from dated_value where wanted is null and period = of_period
      ) v
     where told_from <= day and day < told_until and shown_from <= now() and now() < shown_until
       and not exists (select from secret_figure f join series s on s.id = f.series_id
                        where f.series_id = v.series_id and f.period = v.period and s.place <> own
                          and reader in ('vigie_public', 'vigie_town_hall'));
end $$;
comment on function values_as_of is 'The published values of some series, or of all in one period, in force on a day (as_of), without those that are secret for who asks';

-- An import keeps the values in force whoever brings it, and nobody writes them otherwise.
create function refresh_current_observation(changed integer[]) returns void language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if cardinality(changed) = 0 then return; end if;
  delete from settled_value where series_id = any (changed);
  delete from sole_release where series_id = any (changed);
  insert into sole_release (series_id, release_id, told_from, shown_from)
    select t.series_id, t.release_id, max(t.told_from), max(t.shown_from)
      from (select o.series_id, o.release_id, r.told_from, r.shown_from,
                   count(*) over (partition by o.series_id, o.period) as releases
              from observation o
              join told_release r on r.id = o.release_id
             where o.series_id = any (changed) and r.known_until = 'infinity') t
     group by t.series_id, t.release_id
    having max(t.releases) = 1;
  insert into settled_value (series_id, period, release_id, value, status, told_from, told_until, shown_from, shown_until)
    select v.series_id, v.period, v.release_id, v.value, o.status, v.told_from, v.told_until, t.shown_from, t.shown_until
      from (select moment as shown_from, lead(moment, 1, 'infinity') over (order by moment) as shown_until
              from (select '-infinity'::timestamptz as moment
                    union
                    select p.embargo_until
                      from publication p
                     where p.embargo_until > now()
                       and exists (select from observation o where o.release_id = p.release_id and o.series_id = any (changed))
                   ) moments) t
     cross join lateral values_over_time(changed, shown_at => greatest(t.shown_from, now())) v
      join observation o using (series_id, period, release_id)
     where not exists (select from sole_release s where s.series_id = v.series_id and s.release_id = v.release_id);
end $$;
comment on function refresh_current_observation is 'Chooses again the value in force of the given series, now and after each embargo';

create function put_in_force(told integer, touched integer[], made integer[] default '{}') returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  disputed integer[];
begin
  if not exists (select from told_release where id = told and known_until = 'infinity') then return; end if;
  disputed := array(
    select distinct o.series_id
      from observation o
     where o.release_id = told and o.series_id = any (touched)
       and exists (select from observation rival
                     join told_release t on t.id = rival.release_id and t.known_until = 'infinity'
                    where rival.series_id = o.series_id and rival.period = o.period and rival.release_id <> told));
  insert into sole_release (series_id, release_id, told_from, shown_from)
    select s.id, t.id, t.told_from, t.shown_from
      from unnest(touched || made) s(id), told_release t
     where t.id = told and s.id <> all (disputed)
        on conflict do nothing;
  perform refresh_current_observation(disputed);
end $$;
comment on function put_in_force is 'Puts the values of a published release in force; touched are the series that it speaks of, made those that it is the first to speak of';

create function rebuild_current_observation() returns void language sql as $$
  select refresh_current_observation(array(select id from series));
$$;
comment on function rebuild_current_observation is 'Makes the values in force anew from the observations';

-- Values settled before their days were written down.
select refresh_current_observation(array(select distinct series_id from settled_value where told_until = '-infinity'));

create function take_back(told integer) returns void language plpgsql as $$
declare
  shared integer[];
begin
  if not exists (select from told_release where id = told) then return; end if;
  shared := array(select distinct o.series_id
                    from observation o
                   where o.release_id = told
                     and not exists (select from sole_release s where s.series_id = o.series_id and s.release_id = told));
  -- Where it stands alone nothing takes its place.
  delete from sole_release where release_id = told;
  perform refresh_current_observation(shared);
end $$;
comment on function take_back is 'Chooses again the values in force of the figures that a withdrawn release spoke of';
