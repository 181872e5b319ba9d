alter table stored_file alter column content drop not null;
comment on column stored_file.content is 'The file as it was received; null when it is kept in parts';

create table stored_file_part (
  sha256 text not null references stored_file (sha256),
  part integer not null check (part >= 0),
  content bytea not null,
  primary key (sha256, part)
);
alter table stored_file_part alter column content set storage external;
comment on table stored_file_part is 'A long file in parts: put together in order they are its gzip, byte for byte once decompressed';
comment on column stored_file_part.sha256 is 'SHA-256 of the whole file';
comment on column stored_file_part.part is 'Place among the parts, from 0';
comment on column stored_file_part.content is 'Piece of the gzip of the file';
create trigger stored_file_part_is_append_only before update or delete or truncate on stored_file_part
  for each statement execute function refuse_change();

-- A long file is counted while it is stored: its release is written with no row, then told its number once.
drop trigger release_is_append_only on release;
create trigger release_is_append_only before delete or truncate on release
  for each statement execute function refuse_change();
create trigger release_is_counted_once before update on release
  for each row when (old.row_count <> 0 or to_jsonb(old) - 'row_count' <> to_jsonb(new) - 'row_count')
  execute function refuse_change();

-- A foreign key is checked row by row, which takes four times as long as writing the row: the rows of an import are
-- checked together instead, against tables from which nothing is ever taken away.
alter table observation drop constraint observation_series_id_fkey, drop constraint observation_release_id_fkey;
create function refuse_orphans() returns trigger language plpgsql as $$
begin
  if exists (select from added where not exists (select from series where series.id = added.series_id))
    or exists (select from (select distinct release_id from added) a
                where not exists (select from release where release.id = a.release_id)) then
    raise exception 'an observation needs its series and its release' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
comment on function refuse_orphans is 'Checks that the rows added to observation have their series and their release';
create trigger observation_has_series_and_release after insert on observation
  referencing new table as added for each statement execute function refuse_orphans();
create trigger series_is_kept before delete or truncate on series
  for each statement execute function refuse_change();
create trigger series_keeps_its_number before update of id on series
  for each statement execute function refuse_change();
-- Derived from observation, whose rows are checked.
alter table value_in_force drop constraint current_observation_series_id_fkey,
  drop constraint current_observation_release_id_fkey;

create table import_task (
  id uuid primary key default gen_random_uuid(),
  file_name text not null,
  bytes bigint not null check (bytes >= 0),
  bytes_read bigint not null default 0,
  rows_read bigint not null default 0,
  state text not null default 'running' check (state in ('running', 'stored', 'known', 'refused', 'cancelled', 'failed')),
  release_id integer,
  outcome jsonb,
  cancel_requested boolean not null default false,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table import_task is 'Imports sent to be done while their sender watches: progress and outcome';
comment on column import_task.id is 'Identifier, given to the sender';
comment on column import_task.file_name is 'Name of the file as received';
comment on column import_task.bytes is 'Length of the file in bytes';
comment on column import_task.bytes_read is 'Bytes read so far';
comment on column import_task.rows_read is 'Sound rows read so far';
comment on column import_task.state is 'running, stored, known (nothing written), refused (faults), cancelled or failed (nothing written)';
comment on column import_task.release_id is 'Release stored or already known';
comment on column import_task.outcome is 'Faults of a refused file, with their number by code';
comment on column import_task.cancel_requested is 'Whether somebody asked to stop';
comment on column import_task.started_at is 'Beginning';
comment on column import_task.updated_at is 'Last sign of life: a running task silent for a minute has lost its process, and wrote nothing';
