-- What is asked and announced in committees of users comes in files, like all that is published.
create table committee_entry_version (
  id integer generated always as identity primary key,
  place text not null references place (code),
  held_on date not null,
  code text not null,
  kind text not null check (kind in ('suggestion', 'request', 'question', 'difficulty', 'promise')),
  subject text not null,
  said_by text not null,
  speaks_for text not null,
  said text not null,
  locator text not null default '',
  replied_by text,
  reply text,
  due_by date,
  due_words text,
  followed_on date,
  follow_up text,
  follow_up_source text,
  settled_on date,
  measure text,
  measure_page text,
  release_id integer not null references release (id)
);
create index committee_entry_version_by_place on committee_entry_version (place);
create index committee_entry_version_by_release on committee_entry_version (release_id);
create trigger committee_entry_version_is_append_only before update or delete or truncate on committee_entry_version
  for each statement execute function refuse_change();
alter table committee_entry_version enable row level security;
comment on table committee_entry_version is 'What was asked and announced in committees of users, as each release told it';
comment on column committee_entry_version.id is 'Order in the file';
comment on column committee_entry_version.place is 'Department of the committee';
comment on column committee_entry_version.held_on is 'Day of the committee';
comment on column committee_entry_version.code is 'Code of the point, the same in every file';
comment on column committee_entry_version.kind is 'suggestion, request, question, difficulty or promise';
comment on column committee_entry_version.subject is 'The point in a few words';
comment on column committee_entry_version.said_by is 'Organisation or function that spoke, never a person';
comment on column committee_entry_version.speaks_for is 'For whom it spoke';
comment on column committee_entry_version.said is 'What was said';
comment on column committee_entry_version.locator is 'Place in the document';
comment on column committee_entry_version.replied_by is 'Organisation or function that replied';
comment on column committee_entry_version.reply is 'Reply; null when the minutes hold none';
comment on column committee_entry_version.due_by is 'Last day of the time announced';
comment on column committee_entry_version.due_words is 'That time in the words of the minutes';
comment on column committee_entry_version.followed_on is 'Day on which what came was known';
comment on column committee_entry_version.follow_up is 'What came';
comment on column committee_entry_version.follow_up_source is 'Who says so';
comment on column committee_entry_version.settled_on is 'Day from which nothing more is awaited';
comment on column committee_entry_version.measure is 'Measure of this service that shows it';
comment on column committee_entry_version.measure_page is 'Address of its page';
comment on column committee_entry_version.release_id is 'File';
