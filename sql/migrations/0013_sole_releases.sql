-- Nearly every figure is told once: its value is in force as it stands. One line for a release and a series says so,
-- instead of a copy of each value, which cost an import of millions of rows twice what writing them did.
create table sole_release (
  series_id integer not null references series (id),
  release_id integer not null references release (id),
  shown_from timestamptz not null default '-infinity',
  primary key (series_id, release_id)
);
comment on table sole_release is 'Published releases whose periods of a series no other published release speaks of: their values are in force';
comment on column sole_release.series_id is 'Series';
comment on column sole_release.release_id is 'Release';
comment on column sole_release.shown_from is 'Beginning of the time in which its values are in force: -infinity, or the end of its embargo';

alter table value_in_force rename to settled_value;
alter table settled_value rename constraint value_in_force_pkey to settled_value_pkey;
alter table settled_value rename constraint value_in_force_span to settled_value_span;
alter index value_in_force_by_period rename to settled_value_by_period;
comment on table settled_value is 'The value in force of each figure of which several releases speak, now and after each embargo that is known; rebuild_current_observation() makes it anew';

insert into sole_release (series_id, release_id, shown_from)
  select t.series_id, t.release_id, coalesce(max(t.embargo_until), '-infinity')
    from (select o.series_id, o.release_id, p.embargo_until,
                 count(*) over (partition by o.series_id, o.period) as releases
            from observation o
            join publication p on p.release_id = o.release_id) t
   group by t.series_id, t.release_id
  having max(t.releases) = 1;
delete from settled_value v using sole_release s
 where s.series_id = v.series_id and s.release_id = v.release_id;
analyze sole_release;
analyze settled_value;
