-- What is read every day without anybody typing.
create table collector (
  id integer generated always as identity primary key,
  name text not null check (length(name) between 1 and 120),
  kind text not null check (kind in ('booking-editor', 'file-at-address', 'folder')),
  address text not null,
  department text not null references place (code),
  token bytea,
  has_token boolean generated always as (token is not null) stored,
  hour text not null default '06:00' check (hour ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  paused boolean not null default false,
  remembered jsonb not null default '{}',
  created_by text not null default coalesce(vigie_account(), 'local'),
  created_at timestamptz not null default now(),
  closed_at timestamptz
);
comment on table collector is 'What is read every day without anybody typing: the editor of a booking software, a file at an address, a folder';
comment on column collector.id is 'Number';
comment on column collector.name is 'Name, in words';
comment on column collector.kind is 'What is read: booking-editor, file-at-address, folder';
comment on column collector.address is 'Address of what is read; the name of a folder under IMPORT_DIR';
comment on column collector.department is 'Department that answers for it';
comment on column collector.token is 'Token that the other end asks for, encrypted with SECRET_KEY and bound to the origin of the address; null when none was given';
comment on column collector.has_token is 'Whether there is a token, for those who may not read it';
comment on column collector.hour is 'Hour of Paris from which it is read each day';
comment on column collector.paused is 'Whether its daily readings are suspended';
comment on column collector.remembered is 'What its kind keeps from one reading to the next: the ETag and the digest of a file';
comment on column collector.created_by is 'Account that created it';
comment on column collector.created_at is 'Moment of its creation';
comment on column collector.closed_at is 'Moment at which it was given up; its readings stay; null while it is read';

create table collector_reading (
  id integer generated always as identity primary key,
  collector_id integer not null references collector (id),
  day date not null,
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  asked_by text not null,
  state text not null default 'running' check (state in ('running', 'read', 'partial', 'unreachable', 'refused', 'interrupted')),
  cause text,
  horizon date,
  documents_number integer,
  calls integer not null default 0,
  invalid_points integer not null default 0,
  outcome jsonb not null default '{}'
);
create index collector_reading_of_collector on collector_reading (collector_id, id);
comment on table collector_reading is 'Readings of the collectors, one line each time';
comment on column collector_reading.id is 'Order';
comment on column collector_reading.collector_id is 'Collector';
comment on column collector_reading.day is 'Day in Paris at its beginning: waits are counted from it';
comment on column collector_reading.started_at is 'Beginning';
comment on column collector_reading.ended_at is 'End; null while it goes on';
comment on column collector_reading.asked_by is 'Account that asked for it, or schedule';
comment on column collector_reading.state is 'running; read whole, partial, unreachable, refused; interrupted when its process died';
comment on column collector_reading.cause is 'Code of what went wrong; null when nothing did';
comment on column collector_reading.horizon is 'Last day whose slots were asked for';
comment on column collector_reading.documents_number is 'Persons for whom an appointment was asked: more persons find fewer slots';
comment on column collector_reading.calls is 'Calls made';
comment on column collector_reading.invalid_points is 'Points of the answer that could not be read, left out alone';
comment on column collector_reading.outcome is 'What became of the files read: imports, faults';

create table collector_point (
  id integer generated always as identity primary key,
  collector_id integer not null references collector (id),
  editor_id text not null,
  ugf text,
  name text not null,
  address text not null,
  zip_code text not null,
  city text not null,
  lat double precision not null,
  lon double precision not null,
  first_seen date not null,
  last_seen date not null,
  hall text references place (code),
  hall_confirmed_by text,
  hall_confirmed_at timestamptz,
  check ((hall is null) = (hall_confirmed_by is null) and (hall is null) = (hall_confirmed_at is null))
);
create index collector_point_of_collector on collector_point (collector_id);
comment on table collector_point is 'Points where people are received, as an editor tells them, with the town hall that a person recognised';
comment on column collector_point.id is 'Number here, which the point keeps when its editor gives it another';
comment on column collector_point.collector_id is 'Collector';
comment on column collector_point.editor_id is 'Number inside the editor''s software, which may be given to another point';
comment on column collector_point.ugf is 'Number at France Titres, when the editor tells it';
comment on column collector_point.name is 'Name';
comment on column collector_point.address is 'Postal address';
comment on column collector_point.zip_code is 'Postcode';
comment on column collector_point.city is 'Town, as the editor writes it';
comment on column collector_point.lat is 'Latitude, degrees';
comment on column collector_point.lon is 'Longitude, degrees';
comment on column collector_point.first_seen is 'Day on which it was first told';
comment on column collector_point.last_seen is 'Day on which it was last told';
comment on column collector_point.hall is 'INSEE code of its town hall, once a person confirmed it; null until then: it is read and makes no figure';
comment on column collector_point.hall_confirmed_by is 'Account that confirmed it';
comment on column collector_point.hall_confirmed_at is 'Moment of the confirmation';

create table collector_slot_count (
  reading_id integer not null references collector_reading (id),
  point_id integer not null references collector_point (id),
  reason text not null check (reason in ('CNI', 'PASSPORT', 'CNI-PASSPORT')),
  state text not null check (state in ('read', 'no-slot-within-horizon', 'unreachable', 'refused')),
  cause text,
  first_slot_days integer check (first_slot_days >= 0),
  within7 integer,
  within30 integer,
  within90 integer,
  primary key (reading_id, point_id, reason),
  check ((state = 'read') = (first_slot_days is not null))
);
create index collector_slot_count_of_point on collector_slot_count (point_id, reading_id);
comment on table collector_slot_count is 'What a reading told of each point and reason';
comment on column collector_slot_count.reading_id is 'Reading';
comment on column collector_slot_count.point_id is 'Point';
comment on column collector_slot_count.reason is 'Title asked for: CNI, PASSPORT, CNI-PASSPORT';
comment on column collector_slot_count.state is 'read; no-slot-within-horizon, which is a bound; unreachable or refused, which are gaps';
comment on column collector_slot_count.cause is 'Code of what went wrong, also when a later month only was not read';
comment on column collector_slot_count.first_slot_days is 'Calendar days from the day of the reading to the first free slot';
comment on column collector_slot_count.within7 is 'Slots open within 7 days; null when they were not all read';
comment on column collector_slot_count.within30 is 'Slots open within 30 days; null when they were not all read';
comment on column collector_slot_count.within90 is 'Slots open within 90 days; null when they were not all read';

create table collector_figure (
  collector_id integer not null references collector (id),
  hall text not null references place (code),
  day date not null,
  days integer not null check (days >= 0),
  status text not null check (status in ('observed', 'censored')),
  release_id integer not null references release (id),
  primary key (collector_id, hall, day)
);
comment on table collector_figure is 'Daily waits published from readings, so that a hall recognised later, or corrected, changes what must change and nothing else';
comment on column collector_figure.collector_id is 'Collector';
comment on column collector_figure.hall is 'INSEE code of the town hall';
comment on column collector_figure.day is 'Day of the reading';
comment on column collector_figure.days is 'Calendar days to the first free slot; the horizon when none was found within it';
comment on column collector_figure.status is 'observed, or censored: more than these days';
comment on column collector_figure.release_id is 'Import that published it';

create table collector_call (
  origin text not null,
  at timestamptz not null default clock_timestamp()
);
create index collector_call_by_origin on collector_call (origin, at);
comment on table collector_call is 'Calls of the last minutes, so that all processes together keep to what an editor takes in a minute';
comment on column collector_call.origin is 'Origin of the address that was called';
comment on column collector_call.at is 'Moment';

alter table collector enable row level security;
alter table collector_reading enable row level security;
alter table collector_point enable row level security;
alter table collector_slot_count enable row level security;
alter table collector_figure enable row level security;

create policy collector_is_read on collector for select using (vigie_answers_for(department));
create policy collector_is_added on collector for insert with check (
  created_by = vigie_account() and vigie_answers_for(department)
);
create policy collector_is_changed on collector for update using (vigie_answers_for(department))
  with check (vigie_answers_for(department));
create policy collector_reading_is_read on collector_reading for select using (
  collector_id in (select c.id from collector c)
);
create policy collector_point_is_read on collector_point for select using (
  collector_id in (select c.id from collector c)
);
create policy collector_point_is_recognised on collector_point for update using (
  collector_id in (select c.id from collector c)
) with check (hall is null or (hall_confirmed_by = vigie_account() and vigie_answers_for(hall)));
create policy collector_slot_count_is_read on collector_slot_count for select using (
  reading_id in (select r.id from collector_reading r)
);
create policy collector_figure_is_read on collector_figure for select using (
  collector_id in (select c.id from collector c)
);
