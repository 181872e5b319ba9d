create table scenario (
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  name text not null check (length(name) between 1 and 120),
  place text not null references place (code),
  department text not null references place (code),
  title text not null default '',
  content jsonb not null,
  created_at timestamptz not null default now()
);
create index scenario_of_department on scenario (department, created_at desc);
comment on table scenario is 'Levers somebody thought of, under a name; never changed, so that its address can be shared';
comment on column scenario.id is 'First sixteen hexadecimal digits of the SHA-256 of the content: the same content is the same scenario';
comment on column scenario.name is 'Name given by its author';
comment on column scenario.place is 'Department or equipped town hall that it is about';
comment on column scenario.department is 'Department whose projections it changes';
comment on column scenario.title is 'Title whose issuance delay it changes; empty when it only changes appointments';
comment on column scenario.content is 'Levers with their days, amounts, lead times, costs and triggers, as they were sent';
comment on column scenario.created_at is 'Moment at which it was saved';

create trigger scenario_is_immutable before update or delete or truncate on scenario
  for each statement execute function refuse_change();
