-- What was in force as of any day is read as quickly as what is in force now: choosing among all the releases of 9,000
-- figures when somebody asks took twice the 50 milliseconds that it may. Values settled before have no days yet; they are
-- settled again when the views are built.
alter table settled_value
  add column told_from date not null default '-infinity',
  add column told_until date not null default '-infinity';
alter table settled_value alter column told_from drop default, alter column told_until drop default;
alter table settled_value drop constraint settled_value_pkey;
alter table settled_value add constraint settled_value_pkey primary key (series_id, told_until, period, shown_from);
drop index settled_value_by_period;
create index settled_value_by_period on settled_value (period, told_until, told_from)
  include (series_id, release_id, value, shown_from, shown_until);
comment on table settled_value is 'The value in force of each figure of which several releases speak, as of each day, now and after each embargo that is known; rebuild_current_observation() makes it anew';
comment on column settled_value.told_from is 'First day as of which it is in force: the day of the release that put it there';
comment on column settled_value.told_until is 'End of those days, excluded: infinity when it is in force as of today';

alter table sole_release add column told_from date;
update sole_release s
   set told_from = greatest(r.published_on, (p.embargo_until at time zone 'Europe/Paris')::date)
  from release r
  join publication p on p.release_id = r.id
 where r.id = s.release_id;
alter table sole_release alter column told_from set not null;
comment on column sole_release.told_from is 'First day as of which its values are in force: its own day, or that of the end of its embargo';
