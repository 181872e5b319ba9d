-- A wait is often read day by day on a booking page.
alter table series drop constraint series_granularity_check;
alter table series add constraint series_granularity_check check (granularity in ('day', 'month', 'quarter', 'year'));
comment on column observation.period is '2022-Q1, 2022-03, 2022-03-14 or 2022, by the granularity of the series';
