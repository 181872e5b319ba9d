-- A centre (CERT) is no longer its department: a file says which titles it examines, for which departments, from a day to
-- a day, and the agents of a centre carry its code.
create table cert_perimeter (
  cert text not null,
  name text not null,
  title text not null,
  department text not null references place (code),
  since date not null,
  until date,
  locator text not null default '',
  release_id integer not null references release (id),
  primary key (cert, title, department, since, release_id),
  check (until is null or until >= since)
);
create index cert_perimeter_by_department on cert_perimeter (department, title);
comment on table cert_perimeter is 'Departments whose files of a title an expertise centre (CERT) examines, from a day to a day';
comment on column cert_perimeter.cert is 'Code of the centre, the same in every file';
comment on column cert_perimeter.name is 'Name of the centre';
comment on column cert_perimeter.title is 'Title examined';
comment on column cert_perimeter.department is 'Department whose files come to the centre';
comment on column cert_perimeter.since is 'First day';
comment on column cert_perimeter.until is 'Last day; null while it goes on';
comment on column cert_perimeter.locator is 'Origin of the row';
comment on column cert_perimeter.release_id is 'File';
alter table cert_perimeter enable row level security;
create policy cert_perimeter_is_read on cert_perimeter for select using (true);
create policy cert_perimeter_is_brought on cert_perimeter for insert with check (vigie_own_release(release_id));

alter table cert_capacity add column code text;
comment on column cert_capacity.code is 'Code of the centre in cert_perimeter; null in files that only give its name';
