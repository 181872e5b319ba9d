-- The months of a plan are read with it and never alone: they go into its outcome. What plans of before did not say is
-- said once, here: the only contract of their recruits, and whether their promise was kept.
alter table staffing_plan disable trigger staffing_plan_is_immutable;
update staffing_plan p
   set outcome = jsonb_build_object(
         'idle', null, 'idleShare', null, 'idleShareAll', null,
         'outcome', jsonb_build_object('asked', asked, 'heldOutRisk', risk, 'met', risk <= asked, 'wouldHold', null))
       || p.outcome
       || jsonb_build_object('months', coalesce((
            select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                     'month', month, 'agents', agents, 'hires', hires, 'decideBy', decide_by,
                     'arrivals', coalesce(arrivals, case when hires > 0 then jsonb_build_array(jsonb_build_object(
                       'contract', coalesce('fixed-term-' || (p.question ->> 'contractMonths'), 'permanent'),
                       'agents', hires, 'decideBy', decide_by)) else '[]' end),
                     'overtime', overtime, 'loans', loans, 'leave', leave_moved, 'redeployed', redeployed,
                     'need', need, 'decided', decided, 'peak', peak, 'cost', m.cost,
                     'lateProbability', late_probability, 'promised', promised,
                     'expectedFiles', expected_files, 'capacity', capacity, 'delay', delay)) order by month)
              from staffing_plan_month m where m.plan_id = p.id), '[]'))
  from (select id,
               round(1 - (question ->> 'probability')::numeric, 9) as asked,
               case when question ->> 'promise' = 'joint' then joint_late_probability
                    else (outcome ->> 'worstMonthLateProbability')::double precision end as risk
          from staffing_plan) told
 where told.id = p.id;
alter table staffing_plan enable trigger staffing_plan_is_immutable;
drop table staffing_plan_month;
comment on column staffing_plan.outcome is 'Months (agents, arrivals, hours, files, delay), promise kept or not, idle capacity, doing nothing, cost against risk, number of paths';
