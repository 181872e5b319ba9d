create view speaker with (security_invoker = true) as
  select * from (
    select distinct on (d.source_id, d.role, d.place)
           d.source_id, s.publisher, d.role, d.place, d.speaks, d.reason, d.decided_by, d.decided_at
      from speaker_decision d
      join source s on s.id = d.source_id
     order by d.source_id, d.role, d.place, d.id desc
  ) last
   where speaks;
comment on view speaker is 'Who may bring files in the name of each publisher, besides the administrators';
