create table projection_run (
  id text primary key,
  place text not null references place (code),
  as_of date not null,
  created_at timestamptz not null default now(),
  version text not null,
  seed integer not null,
  known_release integer not null references release (id),
  inputs jsonb not null,
  explanation jsonb not null
);
create index projection_run_latest on projection_run (place, created_at desc);
comment on table projection_run is 'One projection of a department: what was known, with which parameters; never changed';
comment on column projection_run.id is 'Digest of the inputs, the version and the seed: the same inputs give the same run';
comment on column projection_run.place is 'Department projected';
comment on column projection_run.as_of is 'Day whose knowledge was used';
comment on column projection_run.created_at is 'Moment of the computation';
comment on column projection_run.version is 'Version of the model';
comment on column projection_run.seed is 'Seed of the random draws';
comment on column projection_run.known_release is 'Last release known';
comment on column projection_run.inputs is 'Inputs and parameters, whole, so that the run can be done again';
comment on column projection_run.explanation is 'Titled lines in French that walk a reader through the computation';

create table projection_point (
  run_id text not null references projection_run (id),
  place text not null references place (code),
  title text not null,
  quarter text collate "C" not null,
  mean double precision not null check (mean >= 0),
  p05 double precision not null,
  p10 double precision not null,
  p25 double precision not null,
  p50 double precision not null,
  p75 double precision not null,
  p90 double precision not null,
  p95 double precision not null,
  parts jsonb not null,
  primary key (run_id, place, title, quarter),
  check (p05 <= p10 and p10 <= p25 and p25 <= p50 and p50 <= p75 and p75 <= p90 and p90 <= p95)
);
comment on table projection_point is 'Projected requests by quarter; never changed, scored when the fact arrives';
comment on column projection_point.run_id is 'Run';
comment on column projection_point.place is 'Town hall or department';
comment on column projection_point.title is 'Title';
comment on column projection_point.quarter is 'Quarter, 2022-Q2';
comment on column projection_point.mean is 'Expected requests; means add up from town halls to the department';
comment on column projection_point.p05 is 'Quantile 5 %';
comment on column projection_point.p10 is 'Quantile 10 %';
comment on column projection_point.p25 is 'Quantile 25 %';
comment on column projection_point.p50 is 'Median';
comment on column projection_point.p75 is 'Quantile 75 %';
comment on column projection_point.p90 is 'Quantile 90 %';
comment on column projection_point.p95 is 'Quantile 95 %';
comment on column projection_point.parts is 'Renewals, other requests and finer parts of the mean; they add up to it';

create trigger projection_run_is_immutable before update or delete or truncate on projection_run
  for each statement execute function refuse_change();
create trigger projection_point_is_immutable before update or delete or truncate on projection_point
  for each statement execute function refuse_change();
