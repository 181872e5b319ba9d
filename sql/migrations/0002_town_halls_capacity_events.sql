create table town_hall_version (
  insee text not null references place (code),
  release_id integer not null references release (id),
  name text,
  stations integer check (stations >= 0),
  opened_on date,
  closed_on date,
  lat double precision,
  lon double precision,
  status text not null check (status in ('confirmed', 'to-confirm')),
  without_appointment boolean not null default false,
  locator text not null default '',
  primary key (insee, release_id)
);
comment on table town_hall_version is 'Town halls with biometric stations, as each release described them; the last release of a commune is in force';
comment on column town_hall_version.insee is 'Commune';
comment on column town_hall_version.release_id is 'File that described it';
comment on column town_hall_version.name is 'Name in the file, when it differs from the official one';
comment on column town_hall_version.stations is 'Biometric stations; null when unknown';
comment on column town_hall_version.opened_on is 'First day of the service, when known';
comment on column town_hall_version.closed_on is 'Last day of the service; null while it works';
comment on column town_hall_version.lat is 'Latitude in degrees north (WGS 84)';
comment on column town_hall_version.lon is 'Longitude in degrees east (WGS 84)';
comment on column town_hall_version.status is 'confirmed by a source, or to-confirm';
comment on column town_hall_version.without_appointment is 'Serves without appointment: its wait is 0 by design';
comment on column town_hall_version.locator is 'Origin of the row';

create table opening_hours (
  insee text not null references place (code),
  weekday smallint not null check (weekday between 1 and 7),
  opens time not null,
  closes time not null,
  valid_from date,
  valid_to date,
  stations integer check (stations >= 0),
  release_id integer not null references release (id),
  check (opens < closes),
  unique nulls not distinct (insee, release_id, weekday, opens, valid_from)
);
comment on table opening_hours is 'Weekly hours of the stations; the last release of a commune replaces its earlier ones';
comment on column opening_hours.insee is 'Commune';
comment on column opening_hours.weekday is '1 Monday to 7 Sunday';
comment on column opening_hours.opens is 'Opening time';
comment on column opening_hours.closes is 'Closing time';
comment on column opening_hours.valid_from is 'First day; null for always';
comment on column opening_hours.valid_to is 'Last day; null for no end';
comment on column opening_hours.stations is 'Stations served during these hours; null for all';
comment on column opening_hours.release_id is 'File';

create table closure (
  insee text not null references place (code),
  first_day date not null,
  last_day date not null,
  reason text,
  release_id integer not null references release (id),
  check (first_day <= last_day),
  primary key (insee, release_id, first_day)
);
comment on table closure is 'Days on which a town hall takes no appointment';
comment on column closure.insee is 'Commune';
comment on column closure.first_day is 'First day closed';
comment on column closure.last_day is 'Last day closed';
comment on column closure.reason is 'Why';
comment on column closure.release_id is 'File';

create table cert_capacity (
  cert text not null,
  title text not null,
  since date not null,
  etpo double precision not null check (etpo >= 0),
  files_per_agent_day double precision check (files_per_agent_day >= 0),
  locator text not null default '',
  release_id integer not null references release (id),
  primary key (cert, title, since, release_id)
);
comment on table cert_capacity is 'Agents at work in an expertise centre, by title, from a day';
comment on column cert_capacity.cert is 'Name of the centre';
comment on column cert_capacity.title is 'Title instructed';
comment on column cert_capacity.since is 'From this day';
comment on column cert_capacity.etpo is 'Full-time equivalents at work (ETPO)';
comment on column cert_capacity.files_per_agent_day is 'Files instructed by agent and working day; null when unknown';
comment on column cert_capacity.locator is 'Origin of the row';
comment on column cert_capacity.release_id is 'File';

create table event (
  id integer generated always as identity primary key,
  place text not null references place (code),
  title text not null default '',
  first_day date not null,
  last_day date not null,
  nature text not null,
  files double precision,
  label text not null,
  locator text not null default '',
  release_id integer not null references release (id),
  check (first_day <= last_day)
);
comment on table event is 'Dated facts that explain delays: injections of files, lockdowns, tools out of order, openings';
comment on column event.id is 'Identifier';
comment on column event.place is 'Place concerned';
comment on column event.title is 'Title concerned; empty for all';
comment on column event.first_day is 'First day';
comment on column event.last_day is 'Last day';
comment on column event.nature is 'injection, lockdown, outage, opening, closing, measure, law or other';
comment on column event.files is 'Files involved, when counted';
comment on column event.label is 'The fact in one French sentence';
comment on column event.locator is 'Origin of the row';
comment on column event.release_id is 'File';
