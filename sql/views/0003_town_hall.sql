-- Skips what says nothing, unless what says nothing means it.
create function last_told(state anyelement, value anyelement, emptied boolean) returns anyelement language sql immutable as $$
  select case when value is null and not emptied then state else value end
$$;
comment on function last_told(anyelement, anyelement, boolean) is 'One step of last_told: what was told before, what is told now, and whether a blank takes it back';
create aggregate last_told(value anyelement, emptied boolean) (sfunc = last_told, stype = anyelement);
comment on aggregate last_told(anyelement, boolean) is 'The last value that is not null, in the order of the rows; null again after a null with emptied';

create view told_town_hall as
  select v.insee,
         last_told(v.stations, r.emptied @> '{stations}' order by r.published_on, r.id) as stations,
         last_told(v.opened_on, r.emptied @> '{opened_on}' order by r.published_on, r.id) as opened_on,
         last_told(v.closed_on, r.emptied @> '{closed_on}' order by r.published_on, r.id) as closed_on,
         last_told(v.lat, r.emptied @> '{lat}' order by r.published_on, r.id) as lat,
         last_told(v.lon, r.emptied @> '{lon}' order by r.published_on, r.id) as lon,
         last_told(v.status, false order by r.published_on, r.id) as status,
         last_told(v.ugf, false order by r.published_on, r.id) as ugf,
         last_told(v.without_appointment, false order by r.published_on, r.id) as without_appointment,
         last_told(case when v.lat is not null or v.locator <> '' then v.locator end, false order by r.published_on, r.id) as locator,
         coalesce(last_told(case when v.lat is not null then v.release_id end, false order by r.published_on, r.id),
                  max(v.release_id)) as release_id
    from town_hall_version v
    join published_release r on r.id = v.release_id
   group by v.insee;
comment on view told_town_hall is 'Town halls that lists of them name, each column as last told';

create view town_hall as
  select told.insee, p.name, p.parent as department, p.population, told.stations, told.opened_on, told.closed_on,
         coalesce(told.lat, p.lat) as lat, coalesce(told.lon, p.lon) as lon, coalesce(told.status, 'confirmed') as status,
         coalesce(told.without_appointment, false) as without_appointment, coalesce(told.locator, '') as locator, told.ugf,
         told.release_id, r.document, src.publisher
    from told_town_hall told
    join place p on p.code = told.insee
    join release r on r.id = told.release_id
    join source src on src.id = r.source_id
  union all
  select g.place, g.name, g.parent, g.population, null, null, null, g.lat, g.lon, 'to-confirm', false, '', null,
         g.release_id, g.document, g.publisher
    from (
      select distinct on (place) *
        from (
          select o.place, o.value, o.release_id, o.document, o.publisher, o.period, o.published_on, p.kind, p.name, p.parent,
                 p.population, p.lat, p.lon, max(o.period) over (partition by p.parent) as last_period
            from observation_history o
            join place p on p.code = o.place
           where o.measure = 'grant'
        ) granted
       where kind = 'commune' and value > 0
       order by place, period desc, published_on desc, release_id desc
    ) g
   where g.period = g.last_period
     and not exists (select from told_town_hall told where told.insee = g.place)
     and exists (select from told_town_hall told join place listed on listed.code = told.insee where listed.parent = g.parent);
comment on view town_hall is 'Town halls with biometric stations, each column as last told, the position that of the commune where none is; the document is the one that places the hall, or the last when none does. A commune that no list names and that has a grant of the last year known in its department, where a list names others, has stations too: only equipped communes have grants';
