create function refresh_current_observation(changed integer[]) returns void language sql as $$
  delete from current_observation where series_id = any (changed);
  insert into current_observation (series_id, period, release_id, value, status)
    select series_id, period, release_id, value, status
      from (select distinct on (o.series_id, o.period) o.*
              from observation o join release r on r.id = o.release_id
             where o.series_id = any (changed)
             order by o.series_id, o.period,
                      r.kind = 'initial',
                      case when r.kind <> 'initial' then r.published_on end desc,
                      case when r.kind <> 'initial' then r.id end desc,
                      r.published_on, r.id) in_force
     where value is not null;
$$;
comment on function refresh_current_observation is 'Chooses again the value in force of the given series: the last revision, or else the first publication';

create function rebuild_current_observation() returns void language sql as $$
  select refresh_current_observation(array(select id from series));
$$;
comment on function rebuild_current_observation is 'Makes current_observation anew from the observations';
