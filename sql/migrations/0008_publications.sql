create table publication (
  id integer generated always as identity primary key,
  release_id integer not null unique references release (id),
  published_at timestamptz not null default clock_timestamp(),
  published_by text not null,
  embargo_until timestamptz,
  reason text
);
comment on table publication is 'What was made public: a release without a line here is a draft, and stays one until embargo_until is past';
comment on column publication.id is 'Order of publication; given under the import lock, so that it follows the order of commits';
comment on column publication.release_id is 'Release made public';
comment on column publication.published_at is 'Moment at which it was decided';
comment on column publication.published_by is 'Role or organisation that published it';
comment on column publication.embargo_until is 'Moment before which nobody reads it; null when it is public at once';
comment on column publication.reason is 'Why it was published then, as told';
create trigger publication_is_append_only before update or delete or truncate on publication
  for each statement execute function refuse_change();

-- Whatever was imported before drafts existed was public at once.
insert into publication (release_id, published_at, published_by)
  select id, recorded_at, recorded_by from release order by id;

-- The end of an embargo changes the value in force without anybody writing: both values are kept beforehand, each with
-- the span in which it holds, so that no answer is ever stale and no clock has to ring.
alter table current_observation rename to value_in_force;
alter table value_in_force
  add column shown_from timestamptz not null default '-infinity',
  add column shown_until timestamptz not null default 'infinity',
  drop constraint current_observation_pkey,
  add constraint value_in_force_pkey primary key (series_id, period, shown_from),
  add constraint value_in_force_span check (shown_from < shown_until);
comment on table value_in_force is 'The value in force of each figure, now and after each embargo that is known; rebuild_current_observation() makes it anew';
comment on column value_in_force.shown_from is 'Beginning of the time in which it is in force: -infinity, or the end of an embargo';
comment on column value_in_force.shown_until is 'End of that time, excluded: infinity, or the end of the next embargo';

-- One quarter of every series, now or at any day of the past, without reading the other quarters.
create index value_in_force_by_period on value_in_force (period, series_id) include (value);
create index observation_by_period on observation (period, series_id, release_id) include (value);
