create view source_threshold as
  select s.id as source_id, s.publisher, t.threshold, t.reason, t.decided_by, t.decided_at
    from source s
    left join lateral (
      select threshold, reason, decided_by, decided_at from public_threshold where source_id = s.id order by id desc limit 1
    ) t on true;
comment on view source_threshold is 'Publishers with the threshold in force under which the public reads no volume of theirs; null for the usual one';
