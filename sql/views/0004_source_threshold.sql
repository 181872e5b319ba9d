create view source_threshold with (security_invoker = true) as
  select s.id as source_id, s.publisher, t.threshold, t.reason, t.decided_by, t.decided_at
    from source s
    left join lateral (
      select threshold, reason, decided_by, decided_at from public_threshold where source_id = s.id order by id desc limit 1
    ) t on true
   where exists (select from release r where r.source_id = s.id);
comment on view source_threshold is 'Publishers of what the reader may see, with the threshold in force under which the public reads no volume of theirs; null for the usual one';
