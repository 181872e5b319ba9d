-- A kit of communication waits in the same line as the pack of a meeting.
alter table pack_job add column content text not null default 'briefs' check (content in ('briefs', 'kits'));
comment on column pack_job.content is 'What it holds: briefs of town halls, or their kits of communication';
