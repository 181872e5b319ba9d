create table staffing_plan (
  id text primary key,
  place text not null references place (code),
  title text not null,
  first_month text collate "C" not null,
  months integer not null check (months between 1 and 60),
  version text not null,
  demand_run text references projection_run (id),
  previous text references staffing_plan (id),
  created_at timestamptz not null default now(),
  question jsonb not null,
  origins jsonb not null,
  cost double precision not null check (cost >= 0),
  joint_late_probability double precision not null check (joint_late_probability between 0 and 1),
  outcome jsonb not null,
  explanation jsonb not null
);
create index staffing_plan_latest on staffing_plan (place, created_at desc);
comment on table staffing_plan is 'A staffing plan of one team: what was asked, what it costs and risks; never changed, a new one takes over';
comment on column staffing_plan.id is 'Digest of the question, the version, the run of demand and the plan taken over: the same question gives the same plan';
comment on column staffing_plan.place is 'Department of the prefecture that plans';
comment on column staffing_plan.title is 'Title whose files the team examines';
comment on column staffing_plan.first_month is 'First month planned, 2027-01';
comment on column staffing_plan.months is 'Months planned';
comment on column staffing_plan.version is 'Version of the planning model';
comment on column staffing_plan.demand_run is 'Run of the demand projection whose course was followed; null when the demand was assumed';
comment on column staffing_plan.previous is 'Plan that this one takes over; null for a first plan';
comment on column staffing_plan.created_at is 'Moment of the computation';
comment on column staffing_plan.question is 'Everything asked and assumed, whole, so that the plan can be made again';
comment on column staffing_plan.origins is 'Where each value that nobody gave comes from, in French';
comment on column staffing_plan.cost is 'Euros for recruits, overtime and loans over the plan; the present team is paid elsewhere';
comment on column staffing_plan.joint_late_probability is 'Share of held-out demand paths late in at least one promised month';
comment on column staffing_plan.outcome is 'Safety factor, worst month, doing nothing, cost against risk, number of paths';
comment on column staffing_plan.explanation is 'Titled lines in French that walk a reader from the demand to the agents';

create table staffing_plan_month (
  plan_id text not null references staffing_plan (id),
  month text collate "C" not null,
  agents double precision not null check (agents >= 0),
  hires double precision not null check (hires >= 0),
  decide_by text collate "C" not null,
  overtime double precision not null check (overtime >= 0),
  loans double precision not null check (loans >= 0),
  cost double precision not null check (cost >= 0),
  late_probability double precision not null check (late_probability between 0 and 1),
  promised boolean not null,
  expected_files double precision not null,
  capacity double precision not null,
  delay jsonb not null,
  primary key (plan_id, month)
);
comment on table staffing_plan_month is 'A month of a staffing plan; never changed';
comment on column staffing_plan_month.plan_id is 'Plan';
comment on column staffing_plan_month.month is 'Month, 2027-01';
comment on column staffing_plan_month.agents is 'Present agents and recruits of the team, full-time equivalents, loans apart';
comment on column staffing_plan_month.hires is 'Recruits who arrive this month';
comment on column staffing_plan_month.decide_by is 'Month by which these recruits must be decided';
comment on column staffing_plan_month.overtime is 'Hours of overtime of the whole team';
comment on column staffing_plan_month.loans is 'Agents lent by other services, full-time equivalents';
comment on column staffing_plan_month.cost is 'Euros for recruits, overtime and loans';
comment on column staffing_plan_month.late_probability is 'Share of held-out demand paths above the target at the end of the month';
comment on column staffing_plan_month.promised is 'Whether the promise covers this month';
comment on column staffing_plan_month.expected_files is 'Files expected';
comment on column staffing_plan_month.capacity is 'Files that the team can treat';
comment on column staffing_plan_month.delay is 'Quantiles of the forward delay at the end of the month in days (p05 to p95), and median stock in files';

create trigger staffing_plan_is_immutable before update or delete or truncate on staffing_plan
  for each statement execute function refuse_change();
create trigger staffing_plan_month_is_immutable before update or delete or truncate on staffing_plan_month
  for each statement execute function refuse_change();
