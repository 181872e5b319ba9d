create table campaign (
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  name text not null check (length(name) between 1 and 120),
  department text not null references place (code),
  content jsonb not null,
  created_at timestamptz not null default now(),
  created_by text not null default coalesce(vigie_account(), 'local')
);
create index campaign_of_department on campaign (department, created_at desc);
comment on table campaign is 'Messages to holders whose titles end, under a name; never changed, so that its address can be shared';
comment on column campaign.id is 'First sixteen hexadecimal digits of the SHA-256 of the content: the same content is the same campaign';
comment on column campaign.name is 'Name given by its author';
comment on column campaign.department is 'Department whose holders are told';
comment on column campaign.content is 'Messages, counted campaigns and costs, as they were sent';
comment on column campaign.created_at is 'Moment at which it was saved';
comment on column campaign.created_by is 'Account that saved it';

alter table campaign enable row level security;

create trigger campaign_is_immutable before update or delete or truncate on campaign
  for each statement execute function refuse_change();
