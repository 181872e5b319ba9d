create table wait_run (
  id text primary key,
  place text not null references place (code),
  as_of date not null,
  created_at timestamptz not null default now(),
  version text not null,
  seed integer not null,
  last_month text collate "C" not null,
  last_value double precision not null,
  usual_value double precision not null,
  inputs jsonb not null
);
create index wait_run_of_place on wait_run (place, as_of);
comment on table wait_run is 'One projection of the wait of a place as it was told: what was known, with which model; never changed';
comment on column wait_run.id is 'Digest of the inputs, the quarter of the day, the version and the seed: the same gives the same run';
comment on column wait_run.place is 'Nation, department or town hall';
comment on column wait_run.as_of is 'Day on which it was first told';
comment on column wait_run.created_at is 'Moment of the computation';
comment on column wait_run.version is 'Version of the model';
comment on column wait_run.seed is 'Seed of the random draws';
comment on column wait_run.last_month is 'Last month of which anything known spoke: leads count from it';
comment on column wait_run.last_value is 'Last wait known of the place, else of what is around it, days: the rival that anybody has';
comment on column wait_run.usual_value is 'Geometric mean of the waits known there, days: the other rival';
comment on column wait_run.inputs is 'Published values and national volumes known, whole, so that the run can be done again';

create table wait_run_point (
  run_id text not null references wait_run (id),
  clock text not null,
  month text collate "C" not null,
  p05 double precision not null,
  p25 double precision not null,
  p50 double precision not null,
  p75 double precision not null,
  p95 double precision not null,
  primary key (run_id, clock, month),
  check (0 < p05 and p05 <= p25 and p25 <= p50 and p50 <= p75 and p75 <= p95)
);
comment on table wait_run_point is 'Projected wait by month, days; never changed, scored when the fact arrives';
comment on column wait_run_point.run_id is 'Run';
comment on column wait_run_point.clock is 'What is counted: wait (of those who are seen) or first-slot (first free slot, of a town hall)';
comment on column wait_run_point.month is 'Month, 2026-11';
comment on column wait_run_point.p05 is 'Quantile 5 %';
comment on column wait_run_point.p25 is 'Quantile 25 %';
comment on column wait_run_point.p50 is 'Median';
comment on column wait_run_point.p75 is 'Quantile 75 %';
comment on column wait_run_point.p95 is 'Quantile 95 %';

create trigger wait_run_is_immutable before update or delete or truncate on wait_run
  for each statement execute function refuse_change();
create trigger wait_run_point_is_immutable before update or delete or truncate on wait_run_point
  for each statement execute function refuse_change();
