-- « Moins de 7 jours » is published as such: a value that says only how long at most.
alter table observation drop constraint observation_status_check;
alter table observation add constraint observation_status_check
  check (status in ('observed', 'derived', 'estimated', 'censored', 'at-most', 'withdrawn'));
comment on column observation.status is 'observed, derived, estimated, censored (a lower bound), at-most (an upper bound) or withdrawn';
