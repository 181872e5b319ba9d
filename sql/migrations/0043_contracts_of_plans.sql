-- A plan says under which contract each recruit comes, whose leave is moved, who works for another title, and how much of
-- its capacity no file uses. Plans kept before hold one kind of contract: their new columns stay empty.
alter table staffing_plan_month
  add column arrivals jsonb,
  add column leave_moved double precision not null default 0,
  add column redeployed double precision not null default 0 check (redeployed >= 0),
  add column need double precision,
  add column decided double precision,
  add column peak boolean;
comment on column staffing_plan_month.arrivals is 'Recruits by contract: code of the contract, agents, month by which they must be decided; null in plans of one kind of contract';
comment on column staffing_plan_month.leave_moved is 'Agents at work for leave moved to another month of the year; below zero, on leave for it';
comment on column staffing_plan_month.redeployed is 'Agents of the present team at work on another title';
comment on column staffing_plan_month.need is 'Files that come in, median over the held-out paths; null in older plans';
comment on column staffing_plan_month.decided is 'Files decided, mean over the held-out paths; null in older plans';
comment on column staffing_plan_month.peak is 'Whether the need reaches 90 % of the highest of the horizon; null in older plans';
