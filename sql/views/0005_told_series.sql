create view told_series as
  select s.*
    from series s
   where exists (select from sole_release r where r.series_id = s.id and r.shown_from <= now())
      or exists (select from settled_value v where v.series_id = s.id and v.shown_from <= now())
      or exists (select from observation o join published_release r on r.id = o.release_id where o.series_id = s.id);
comment on view told_series is 'Series of which something was published: what is offered to choose from says nothing of drafts and embargoes';
