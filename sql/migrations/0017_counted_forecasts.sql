alter table projection_run add column local jsonb;
comment on column projection_run.local is
  'What the counts of town halls say of their future and how much that weighs, as the projection was made with; null for a run made before it was kept';
