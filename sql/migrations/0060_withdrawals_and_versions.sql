-- A file may be taken back, and its bytes sent again: what is sent again is a release of its own.
alter table release drop constraint release_import_kind_sha256_default_place_key;
create index release_by_content on release (sha256, import_kind, default_place);
comment on column release.sha256 is 'Digest of the file: bytes that are still in force, sent again, are a no-op';
alter table release add column told_columns text[] not null default '{}';
comment on column release.told_columns is 'Columns of its table that a reference file has: a correction that leaves one blank takes back what was said there';

create table withdrawal (
  id integer generated always as identity primary key,
  release_id integer not null unique references release (id),
  withdrawn_at timestamptz not null default clock_timestamp(),
  withdrawn_by text not null,
  reason text not null check (length(reason) between 1 and 500)
);
comment on table withdrawal is 'Files taken back: nothing of them is in force any more, and all of them is still told by the history';
comment on column withdrawal.id is 'Order; given under the import lock, so that it follows the order of commits';
comment on column withdrawal.release_id is 'Release taken back';
comment on column withdrawal.withdrawn_at is 'Moment since which nothing of it is in force';
comment on column withdrawal.withdrawn_by is 'Account that took it back';
comment on column withdrawal.reason is 'Why, as told';
create trigger withdrawal_is_append_only before update or delete or truncate on withdrawal
  for each statement execute function refuse_change();

-- What files said of halls, hours, closures, teams, events and outlines is kept version by version; the views of the old
-- names settle it, as that of town halls does.
alter table opening_hours rename to opening_hours_version;
alter table closure rename to closure_version;
alter table cert_capacity rename to cert_capacity_version;
alter table cert_perimeter rename to cert_perimeter_version;
alter table event rename to event_version;
alter table commune_contour rename to commune_contour_version;
comment on table town_hall_version is 'Town halls with biometric stations, as each release described them; null where it says nothing';
comment on table opening_hours_version is 'Weekly hours of the stations, as each release told them';
comment on table closure_version is 'Days on which a town hall takes no appointment, as each release told them';
comment on table cert_capacity_version is 'Agents at work in an expertise centre, by title, from a day, as each release told them';
comment on table cert_perimeter_version is 'Departments whose files of a title an expertise centre (CERT) examines, as each release told them';
comment on table event_version is 'Dated facts that explain delays, as each release told them: injections of files, lockdowns, tools out of order, openings';
comment on table commune_contour_version is 'Outlines of communes, as each imported GeoJSON drew them';
alter table town_hall_version
  alter column status drop not null,
  alter column without_appointment drop not null,
  alter column without_appointment drop default;
create index town_hall_version_by_release on town_hall_version (release_id);
create index opening_hours_version_by_release on opening_hours_version (release_id);
create index closure_version_by_release on closure_version (release_id);
create index event_version_by_place on event_version (place);
create index commune_contour_version_by_release on commune_contour_version (release_id);

-- Kept version by version from the first: nobody may rewrite one.
create trigger town_hall_version_is_append_only before update or delete or truncate on town_hall_version
  for each statement execute function refuse_change();
create trigger opening_hours_version_is_append_only before update or delete or truncate on opening_hours_version
  for each statement execute function refuse_change();
create trigger closure_version_is_append_only before update or delete or truncate on closure_version
  for each statement execute function refuse_change();
create trigger cert_capacity_version_is_append_only before update or delete or truncate on cert_capacity_version
  for each statement execute function refuse_change();
create trigger cert_perimeter_version_is_append_only before update or delete or truncate on cert_perimeter_version
  for each statement execute function refuse_change();
create trigger event_version_is_append_only before update or delete or truncate on event_version
  for each statement execute function refuse_change();

create function vigie_release_kind(release integer) returns text
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.import_kind from release r where r.id = release
$$;
comment on function vigie_release_kind is 'Kind of a file: a role takes back those that it may bring';
alter table withdrawal enable row level security;
create policy withdrawal_is_read on withdrawal for select using (release_id in (select r.id from release r));
create policy withdrawal_is_made on withdrawal for insert with check (
  withdrawn_by = vigie_account() and vigie_answers_for(vigie_release_place(release_id))
  and case current_user::text
    when 'vigie_town_hall' then vigie_release_kind(release_id) in ('applications', 'appointment-waits', 'town-halls', 'opening-hours', 'closures')
    when 'vigie_cert' then vigie_release_kind(release_id) in ('issuance-delays', 'titles-issued', 'indicators', 'cert-capacity', 'events')
    else true
  end
);
