-- Who publishes a figure first is who this service showed first: figures of which a file brought later gives itself an
-- earlier day are settled again when the functions are rebuilt.
with touched as (
  select v.series_id, min(v.ctid) as kept
    from settled_value v
   where exists (select
                   from observation late
                   join release r on r.id = late.release_id and r.recorded_by <> 'vigie-titres'
                   join observation early on early.series_id = late.series_id and early.period = late.period
                                         and early.release_id < late.release_id
                   join release before on before.id = early.release_id and before.published_on > r.published_on
                  where late.series_id = v.series_id)
   group by v.series_id
), emptied as (
  delete from settled_value v using touched t where v.series_id = t.series_id and v.ctid <> t.kept
)
update settled_value v set told_until = '-infinity' from touched t where v.series_id = t.series_id and v.ctid = t.kept;
