alter table source add column public_threshold integer check (public_threshold >= 1);
comment on column source.public_threshold is 'Under this number, and above 0, the public does not read a volume of this publisher; null for the 11 of statistics on households';

create table secret_figure (
  series_id integer not null,
  period text collate "C" not null,
  hidden_at timestamptz not null default now(),
  primary key (series_id, period)
);
comment on table secret_figure is 'Volumes that the public does not read, because they are small or would give a small one away; chosen when files are published, kept for ever after';
comment on column secret_figure.series_id is 'Series of the volume';
comment on column secret_figure.period is 'Period of the volume';
comment on column secret_figure.hidden_at is 'Publication that made it secret';
create trigger secret_figure_is_append_only before update or delete or truncate on secret_figure
  for each statement execute function refuse_change();

create function vigie_reads_as_public() returns boolean language sql stable as $$
  select current_user::text in ('vigie_public', 'vigie_town_hall')
$$;
comment on function vigie_reads_as_public is 'Whether the role of the present request reads no volume under the secret';

-- Past the views that say « secret », the values themselves are out of reach.
drop policy observation_is_read on observation;
create policy observation_is_read on observation for select using (
  release_id in (select r.id from release r)
  and not (vigie_reads_as_public()
           and exists (select from secret_figure f where f.series_id = observation.series_id and f.period = observation.period))
);
