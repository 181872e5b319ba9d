-- The values of a series are read from its key alone: one search, where the index by period takes one for each period.
alter table observation drop constraint observation_pkey;
alter table observation add constraint observation_pkey primary key (series_id, period, release_id) include (value);
