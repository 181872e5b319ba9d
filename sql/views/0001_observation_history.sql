create view observation_history as
  select o.series_id, s.measure, s.title, s.place, s.variant, s.statistic, s.unit, s.clock, s.granularity,
         o.period, o.value, o.status, o.target, o.locator,
         o.release_id, r.kind as release_kind, r.published_on, r.recorded_at, r.document, r.address, src.publisher
    from observation o
    join series s on s.id = o.series_id
    join release r on r.id = o.release_id
    join source src on src.id = r.source_id;
comment on view observation_history is 'Every published value with its series, its release and its publisher';
