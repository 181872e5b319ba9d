create table given_away_figure (
  series_id integer not null,
  period text collate "C" not null,
  noticed_at timestamptz not null default now(),
  primary key (series_id, period)
);
comment on table given_away_figure is 'Secret volumes that anybody computes from what was published before they were known to be small: nothing that is hidden now can help';
comment on column given_away_figure.series_id is 'Series of the volume';
comment on column given_away_figure.period is 'Period of the volume';
comment on column given_away_figure.noticed_at is 'Publication at which it was noticed';
create trigger given_away_figure_is_append_only before update or delete or truncate on given_away_figure
  for each statement execute function refuse_change();
alter table given_away_figure enable row level security;
create policy given_away_figure_is_read on given_away_figure for select using (current_user::text = 'vigie_administrator');
