-- Packs asked for and made one after the other, while whoever asked watches their place in the line.
create table pack_job (
  id uuid primary key default gen_random_uuid(),
  asker text not null,
  reader jsonb not null,
  department text not null,
  as_of date,
  known text not null,
  state text not null default 'waiting' check (state in ('waiting', 'making', 'ready', 'failed')),
  halls integer not null check (halls > 0),
  sheets integer not null default 0,
  attempts integer not null default 0,
  archive bytea,
  asked_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
alter table pack_job alter column archive set storage external;
create index pack_job_by_time on pack_job (asked_at);
comment on table pack_job is 'Meeting packs asked for: their place in the line, then the archive, kept for an hour';
comment on column pack_job.id is 'Identifier, given to who asked';
comment on column pack_job.asker is 'Account, or a digest of the network address that dies with the process: bounds what one may ask';
comment on column pack_job.reader is 'In whose name the pack is made: role, place, account and scope';
comment on column pack_job.department is 'Department of the pack';
comment on column pack_job.as_of is 'Past day that the pack is told at; null for today';
comment on column pack_job.known is 'What was stored and published when it was asked for: the same question has the same pack until that changes';
comment on column pack_job.state is 'waiting, making, ready, or failed';
comment on column pack_job.halls is 'Sheets that it will hold';
comment on column pack_job.sheets is 'Sheets made so far';
comment on column pack_job.attempts is 'Times that it was begun: a process may die';
comment on column pack_job.archive is 'The ZIP, once ready';
comment on column pack_job.asked_at is 'Moment of the question: the order of the line';
comment on column pack_job.updated_at is 'Last sign of life: a pack being made silent for a minute is begun again';
