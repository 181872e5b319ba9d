create view shown_release as
  select r.id, r.source_id, r.import_kind, r.kind, r.document, r.address, r.default_place, r.recorded_at, r.reason,
         r.recorded_by = 'vigie-titres' as curated,
         greatest(r.published_on, (p.embargo_until at time zone 'Europe/Paris')::date) as published_on,
         greatest(p.published_at, p.embargo_until) as shown_at, p.embargo_until, p.id as publication_id,
         r.kind <> 'initial' as declared, r.told_columns,
         case when r.kind = 'initial' then '{}' else r.told_columns end as emptied,
         w.release_id as withdrawn, w.withdrawn_at, w.reason as withdrawal_reason
    from release r
    join publication p on p.release_id = r.id
    left join withdrawal w on w.release_id = r.id
   where p.embargo_until is null or p.embargo_until <= now();
comment on view shown_release is 'Releases that anybody may read or could, those that were withdrawn since among them, on the day when the world could: the end of an embargo comes after the day of the document';

create view published_release as
  select id, source_id, import_kind, kind, document, address, default_place, recorded_at, reason, published_on, shown_at,
         curated, embargo_until, publication_id, declared, told_columns, emptied
    from shown_release
   where withdrawn is null;
comment on view published_release is 'Releases that stand: anybody may read them, and nobody took them back';

create function release_is_public(release integer) returns boolean language sql stable as $$
  select exists (select from published_release where id = release)
$$;
comment on function release_is_public is 'Whether a release was published, its embargo, if any, is past, and nobody took it back';

create view observation_vintage as
  select o.series_id, s.measure, s.title, s.place, s.variant, s.statistic, s.unit, s.clock, s.granularity,
         o.period, case when f.series_id is null or vigie_reads_secret_of(s.place) then o.value end as value,
         o.status, o.target, o.locator,
         o.release_id, r.kind as release_kind, r.published_on, r.recorded_at, r.shown_at, r.reason, r.document, r.address,
         src.publisher, r.curated, f.series_id is not null and o.value is not null as secret,
         r.withdrawn, r.withdrawn_at, r.withdrawal_reason
    from observation o
    join series s on s.id = o.series_id
    join shown_release r on r.id = o.release_id
    join source src on src.id = r.source_id
    left join secret_figure f on f.series_id = o.series_id and f.period = o.period;
comment on view observation_vintage is 'Every value ever published with its series, its release and its publisher, those of withdrawn files among them; a secret one has no value for the public, nor for the town halls of other places';

create view observation_history as
  select series_id, measure, title, place, variant, statistic, unit, clock, granularity, period, value, status, target,
         locator, release_id, release_kind, published_on, recorded_at, shown_at, reason, document, address, publisher, curated, secret
    from observation_vintage
   where withdrawn is null;
comment on view observation_history is 'Every published value that stands, without those of withdrawn files';

create view draft_observation with (security_invoker = true) as
  select o.series_id, s.measure, s.title, s.place, s.variant, s.statistic, s.unit, s.clock, s.granularity,
         o.period, o.value, o.status, o.target, o.locator,
         o.release_id, r.kind as release_kind,
         greatest(r.published_on, (p.embargo_until at time zone 'Europe/Paris')::date) as published_on,
         r.recorded_at, coalesce(p.embargo_until, 'infinity') as shown_at, r.reason, r.document, r.address, src.publisher,
         r.recorded_by = 'vigie-titres' as curated, false as secret
    from observation o
    join series s on s.id = o.series_id
    join release r on r.id = o.release_id
    join source src on src.id = r.source_id
    left join publication p on p.release_id = r.id
   where (p.id is null or p.embargo_until > now())
     and not exists (select from withdrawal w where w.release_id = o.release_id);
comment on view draft_observation is 'Every value that waits for its publication or for the end of its embargo, as observation_history will show it';
