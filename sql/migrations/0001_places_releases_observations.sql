create table place (
  code text primary key,
  kind text not null check (kind in ('nation', 'department', 'commune')),
  name text not null,
  parent text references place (code),
  population integer,
  merged_into text references place (code)
);
comment on table place is 'Nation, departments and communes of the official geographic code, with the successors of merged communes';
comment on column place.code is 'FR, department code (16, 2A, 971) or INSEE commune code (16015), always text';
comment on column place.kind is 'nation, department or commune';
comment on column place.name is 'French name, accents kept';
comment on column place.parent is 'Department of a commune, nation of a department';
comment on column place.population is 'Municipal population of the vintage of the geographic code in use; null when unknown';
comment on column place.merged_into is 'Commune that took over this one; null while it exists';

create table reference_data (
  name text primary key,
  version text not null
);
comment on table reference_data is 'Reference tables loaded from a published package, with the version loaded';
comment on column reference_data.name is 'Package';
comment on column reference_data.version is 'Version loaded';

create table source (
  id integer generated always as identity primary key,
  publisher text not null unique
);
comment on table source is 'Who publishes figures';
comment on column source.id is 'Identifier';
comment on column source.publisher is 'Name of the publisher, as written in the files';

create table stored_file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  content bytea not null
);
comment on table stored_file is 'Every imported file, byte for byte, under its digest';
comment on column stored_file.sha256 is 'SHA-256 of the content';
comment on column stored_file.content is 'The file as it was received';

create table release (
  id integer generated always as identity primary key,
  source_id integer not null references source (id),
  import_kind text not null,
  kind text not null check (kind in ('initial', 'revision', 'correction', 'methodology')),
  document text not null,
  address text,
  file_name text not null,
  sha256 text not null references stored_file (sha256),
  default_place text not null,
  published_on date not null,
  recorded_at timestamptz not null default now(),
  recorded_by text not null,
  reason text,
  notes text,
  row_count integer not null check (row_count >= 0),
  unique (import_kind, sha256, default_place)
);
comment on table release is 'One imported file: what was published, by whom, when, and when we learnt of it';
comment on column release.id is 'Order of arrival; given under the import lock, so that it follows the order of commits';
comment on column release.source_id is 'Publisher';
comment on column release.import_kind is 'Kind of file: issuance-delays, appointment-waits, applications…';
comment on column release.kind is 'initial, revision (planned), correction (of an error) or methodology';
comment on column release.document is 'Title of the document the figures come from';
comment on column release.address is 'Where the document can be read, when known';
comment on column release.file_name is 'Name of the file as received';
comment on column release.sha256 is 'Digest of the file: the same file twice is a no-op';
comment on column release.default_place is 'Place given to rows without one';
comment on column release.published_on is 'Day on which the world could know the figures';
comment on column release.recorded_at is 'Moment at which this service recorded them';
comment on column release.recorded_by is 'Role or organisation that imported the file';
comment on column release.reason is 'Why figures were revised or corrected';
comment on column release.notes is 'Remarks found at the head of the file';
comment on column release.row_count is 'Rows of the file';

create table series (
  id integer generated always as identity primary key,
  measure text not null,
  title text not null default '',
  place text not null references place (code),
  variant text not null default '',
  statistic text not null,
  unit text not null,
  clock text not null,
  granularity text not null check (granularity in ('month', 'quarter', 'year')),
  unique (measure, place, title, variant, statistic, unit, clock, granularity)
);
comment on table series is 'A figure followed through time, with everything needed to read it';
comment on column series.id is 'Identifier';
comment on column series.measure is 'What is measured: issuance-delay, appointment-wait, applications…';
comment on column series.title is 'Title concerned; empty when the measure has none';
comment on column series.place is 'Place concerned';
comment on column series.variant is 'Validity class or other split of the measure; empty for the whole';
comment on column series.statistic is 'mean, median, total… or as-published';
comment on column series.unit is 'calendar-day, working-day, unspecified-day, count or percent';
comment on column series.clock is 'From when to when a delay is counted; not-a-delay otherwise';
comment on column series.granularity is 'Length of the periods';

create table observation (
  series_id integer not null references series (id),
  period text collate "C" not null,
  release_id integer not null references release (id),
  value double precision,
  status text not null check (status in ('observed', 'derived', 'estimated', 'censored', 'withdrawn')),
  target double precision,
  locator text not null default '',
  primary key (series_id, period, release_id),
  check ((value is null) = (status = 'withdrawn'))
);
create index observation_by_release on observation (release_id);
comment on table observation is 'Every value of every imported file; never changed, never deleted';
comment on column observation.series_id is 'Series';
comment on column observation.period is '2022-Q1, 2022-03 or 2022, by the granularity of the series';
comment on column observation.release_id is 'File that published the value';
comment on column observation.value is 'The value; null when the release withdraws the figure';
comment on column observation.status is 'observed, derived, estimated, censored (a lower bound) or withdrawn';
comment on column observation.target is 'Target printed beside the value, in the same unit; null when none';
comment on column observation.locator is 'Where in the document: section, slide, address';

create table current_observation (
  series_id integer not null references series (id),
  period text collate "C" not null,
  release_id integer not null references release (id),
  value double precision not null,
  status text not null,
  primary key (series_id, period)
);
comment on table current_observation is 'The value in force of each figure, kept with each import; rebuild_current_observation() makes it anew';
comment on column current_observation.series_id is 'Series';
comment on column current_observation.period is 'Period';
comment on column current_observation.release_id is 'Release whose value is in force';
comment on column current_observation.value is 'Value in force';
comment on column current_observation.status is 'Status of that value';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: publish a revision, a correction or a withdrawal instead', tg_table_name
    using errcode = 'restrict_violation';
end $$;

create trigger observation_is_append_only before update or delete or truncate on observation
  for each statement execute function refuse_change();
create trigger release_is_append_only before update or delete or truncate on release
  for each statement execute function refuse_change();
create trigger stored_file_is_append_only before update or delete or truncate on stored_file
  for each statement execute function refuse_change();
