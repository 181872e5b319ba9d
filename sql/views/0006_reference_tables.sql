-- One rule for all that files say of places, as for figures: releases are read in order of publication, and each speaks
-- of some subjects and some columns. The last that speaks of a column of a subject holds; what it does not speak of
-- stands. A revision or a correction moreover takes back a column that it has and leaves blank; and, of its own source,
-- what it overlaps in time, when nothing had been said before of the very days that it tells.
create function closures_known(as_of date default 'infinity', recorded_by date default 'infinity')
returns table (insee text, first_day date, last_day date, reason text, release_id integer) language sql stable as $$
  with standing as materialized (
    select id, source_id, declared, emptied, published_on
      from published_release
     where published_on <= as_of and (recorded_at at time zone 'Europe/Paris')::date <= recorded_by
  ), told as (
    select v.insee, v.first_day,
           last_told(v.last_day, false order by r.published_on, r.id) as last_day,
           last_told(v.reason, r.emptied @> '{reason}' order by r.published_on, r.id) as reason,
           last_told(v.release_id, false order by r.published_on, r.id) as release_id
      from closure_version v
      join standing r on r.id = v.release_id
     group by v.insee, v.first_day
  )
  select told.*
    from told
    join standing r on r.id = told.release_id
   where not exists (
     select from closure_version l
       join standing t on t.id = l.release_id
      where l.insee = told.insee and t.declared and t.source_id = r.source_id
        and (t.published_on, t.id) > (r.published_on, r.id)
        and l.first_day <= told.last_day and told.first_day <= l.last_day
        and not exists (
          select from closure_version e
            join standing s on s.id = e.release_id
           where e.insee = l.insee and e.first_day = l.first_day and (s.published_on, s.id) < (t.published_on, t.id)))
$$;
comment on function closures_known is 'Days on which a town hall takes no appointment, as last told by what was published by a day and recorded here by another';

create view closure as select * from closures_known();
comment on view closure is 'Days on which a town hall takes no appointment, as last told';

create view event as
  select told.*
    from (
      select min(v.id) as id, v.place, v.title, v.first_day,
             last_told(v.last_day, false order by r.published_on, r.id) as last_day, v.nature,
             last_told(v.files, r.emptied @> '{files}' order by r.published_on, r.id) as files, v.label,
             coalesce(last_told(nullif(v.locator, ''), false order by r.published_on, r.id), '') as locator,
             last_told(v.release_id, false order by r.published_on, r.id) as release_id
        from event_version v
        join published_release r on r.id = v.release_id
       group by v.place, v.title, v.first_day, v.nature, v.label
    ) told
    join published_release r on r.id = told.release_id
   where not exists (
     select from event_version l
       join published_release t on t.id = l.release_id
      where l.place = told.place and l.title = told.title and l.nature = told.nature
        and t.declared and t.source_id = r.source_id
        and (t.published_on, t.id) > (r.published_on, r.id)
        and l.first_day <= told.last_day and told.first_day <= l.last_day
        and not exists (
          select from event_version e
            join published_release s on s.id = e.release_id
           where e.place = l.place and e.title = l.title and e.nature = l.nature
             and s.source_id = t.source_id and (s.published_on, s.id) < (t.published_on, t.id)
             and l.first_day <= e.last_day and e.first_day <= l.last_day
             and (e.first_day, e.label) <> (told.first_day, told.label)));
comment on view event is 'Dated facts that explain delays, as last told: a correction replaces the only fact of its source, place, title and nature that it overlaps';

create view cert_capacity as
  select v.cert, last_told(v.code, false order by r.published_on, r.id) as code, v.title, v.since,
         last_told(v.etpo, false order by r.published_on, r.id) as etpo,
         last_told(v.files_per_agent_day, r.emptied @> '{files_per_agent_day}' order by r.published_on, r.id) as files_per_agent_day,
         coalesce(last_told(nullif(v.locator, ''), false order by r.published_on, r.id), '') as locator,
         last_told(v.release_id, false order by r.published_on, r.id) as release_id
    from cert_capacity_version v
    join published_release r on r.id = v.release_id
   group by v.cert, v.title, v.since, r.default_place;
comment on view cert_capacity is 'Agents at work in an expertise centre, by title, from a day, as last told';

create view cert_perimeter as
  select v.cert, last_told(v.name, false order by r.published_on, r.id) as name, v.title, v.department, v.since,
         last_told(v.until, r.emptied @> '{until}' order by r.published_on, r.id) as until,
         coalesce(last_told(nullif(v.locator, ''), false order by r.published_on, r.id), '') as locator,
         last_told(v.release_id, false order by r.published_on, r.id) as release_id
    from cert_perimeter_version v
    join published_release r on r.id = v.release_id
   group by v.cert, v.title, v.department, v.since;
comment on view cert_perimeter is 'Departments whose files of a title an expertise centre examines, from a day to a day, as last told';

create view opening_hours as
  select v.insee, v.weekday, v.opens, v.closes, v.valid_from, v.valid_to,
         coalesce(v.stations, earlier.stations) as stations, v.release_id, r.published_on
    from opening_hours_version v
    join published_release r on r.id = v.release_id
    left join lateral (
      select last_told(o.stations, false order by s.published_on, s.id) as stations
        from opening_hours_version o
        join published_release s on s.id = o.release_id
       where v.stations is null and not r.told_columns @> '{stations}'
         and o.insee = v.insee and o.weekday = v.weekday and o.opens = v.opens and o.closes = v.closes
         and o.valid_from is not distinct from v.valid_from and o.valid_to is not distinct from v.valid_to
         and (s.published_on, s.id) < (r.published_on, r.id)
    ) earlier on true
   where not exists (
     select from opening_hours_version l
       join published_release t on t.id = l.release_id
      where l.insee = v.insee and l.weekday = v.weekday
        and (t.published_on, t.id) > (r.published_on, r.id)
        and (l.valid_from is not distinct from v.valid_from and l.valid_to is not distinct from v.valid_to
             or t.declared and t.source_id = r.source_id
                and (l.valid_from is null) = (v.valid_from is null) and (l.valid_to is null) = (v.valid_to is null)
                and coalesce(l.valid_from, '-infinity') <= coalesce(v.valid_to, 'infinity')
                and coalesce(v.valid_from, '-infinity') <= coalesce(l.valid_to, 'infinity')
                and not exists (
                  select from opening_hours_version e
                    join published_release s on s.id = e.release_id
                   where e.insee = l.insee and e.valid_from is not distinct from l.valid_from
                     and e.valid_to is not distinct from l.valid_to
                     and (s.published_on, s.id) < (t.published_on, t.id))));
comment on view opening_hours is 'Weekly hours of the stations, season by season and day of the week by day of the week, as last told';

-- On a day the hours of a season with an end hold over the others, and among those the last told.
create function hours_on(day date) returns setof opening_hours language sql stable as $$
  select h.*
    from opening_hours h
   where coalesce(h.valid_from, '-infinity') <= day and day <= coalesce(h.valid_to, 'infinity')
     and not exists (
       select from opening_hours o
        where o.insee = h.insee and o.weekday = h.weekday and o.release_id <> h.release_id
          and coalesce(o.valid_from, '-infinity') <= day and day <= coalesce(o.valid_to, 'infinity')
          and (o.valid_to is not null, o.published_on, o.release_id) > (h.valid_to is not null, h.published_on, h.release_id))
$$;
comment on function hours_on is 'Weekly hours of the stations that hold on a day';

create view commune_contour as
  select v.insee, v.release_id, v.rings
    from commune_contour_version v
    join published_release r on r.id = v.release_id
    join place p on p.code = v.insee
   where not exists (
     select from commune_contour_version l
       join published_release t on t.id = l.release_id
      where l.insee in (v.insee, p.merged_into) and l.insee <> v.insee and (t.published_on, t.id) >= (r.published_on, r.id)
         or l.insee = v.insee and (t.published_on, t.id) > (r.published_on, r.id));
comment on view commune_contour is 'Outlines of communes as last drawn, without those that were merged into a commune drawn since';

create view committee_entry as
  select min(v.id) as id, v.place, v.held_on, v.code,
         last_told(v.kind, false order by r.published_on, r.id) as kind,
         last_told(v.subject, false order by r.published_on, r.id) as subject,
         last_told(v.said_by, false order by r.published_on, r.id) as said_by,
         last_told(v.speaks_for, false order by r.published_on, r.id) as speaks_for,
         last_told(v.said, false order by r.published_on, r.id) as said,
         coalesce(last_told(nullif(v.locator, ''), false order by r.published_on, r.id), '') as locator,
         last_told(v.replied_by, r.emptied @> '{replied_by}' order by r.published_on, r.id) as replied_by,
         last_told(v.reply, r.emptied @> '{reply}' order by r.published_on, r.id) as reply,
         last_told(v.due_by, r.emptied @> '{due_by}' order by r.published_on, r.id) as due_by,
         last_told(v.due_words, r.emptied @> '{due_words}' order by r.published_on, r.id) as due_words,
         last_told(v.followed_on, r.emptied @> '{followed_on}' order by r.published_on, r.id) as followed_on,
         last_told(v.follow_up, r.emptied @> '{follow_up}' order by r.published_on, r.id) as follow_up,
         last_told(v.follow_up_source, r.emptied @> '{follow_up_source}' order by r.published_on, r.id) as follow_up_source,
         last_told(v.settled_on, r.emptied @> '{settled_on}' order by r.published_on, r.id) as settled_on,
         last_told(v.measure, r.emptied @> '{measure}' order by r.published_on, r.id) as measure,
         last_told(v.measure_page, r.emptied @> '{measure_page}' order by r.published_on, r.id) as measure_page,
         last_told(v.release_id, false order by r.published_on, r.id) as release_id
    from committee_entry_version v
    join published_release r on r.id = v.release_id
   group by v.place, v.held_on, v.code;
comment on view committee_entry is 'What was asked and announced in committees of users, as last told';
