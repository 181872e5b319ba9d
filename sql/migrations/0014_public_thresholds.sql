create table public_threshold (
  id integer generated always as identity primary key,
  source_id integer not null references source (id),
  threshold integer check (threshold between 1 and 1000),
  reason text not null check (length(reason) between 1 and 500),
  decided_by text not null,
  decided_at timestamptz not null default now()
);
create index public_threshold_of_source on public_threshold (source_id, id);
comment on table public_threshold is 'Decisions on the threshold under which the public reads no volume of a publisher; the last one holds';
comment on column public_threshold.id is 'Order of the decisions';
comment on column public_threshold.source_id is 'Publisher concerned';
comment on column public_threshold.threshold is 'Under this number, and above 0, the public does not read a volume; null for the 11 of statistics on households';
comment on column public_threshold.reason is 'Why, as told';
comment on column public_threshold.decided_by is 'Account of the administrator';
comment on column public_threshold.decided_at is 'Moment of the decision';
create trigger public_threshold_is_append_only before update or delete or truncate on public_threshold
  for each statement execute function refuse_change();
insert into public_threshold (source_id, threshold, reason, decided_by)
  select id, public_threshold, 'repris du réglage du serveur', 'server' from source where public_threshold is not null;
alter table source drop column public_threshold;

alter table public_threshold enable row level security;
create policy public_threshold_is_read on public_threshold for select using (current_user::text <> 'vigie_public');
create policy public_threshold_is_decided on public_threshold for insert with check (
  current_user::text = 'vigie_administrator' and decided_by = vigie_account()
);

-- A town hall reads its own counts, which it made, however small.
create function vigie_reads_secret_of(owner text) returns boolean language sql stable as $$
  select case current_user::text
    when 'vigie_public' then false
    when 'vigie_town_hall' then coalesce(owner = vigie_place(), false)
    else true
  end
$$;
comment on function vigie_reads_secret_of is 'Whether the role of the present request reads the volumes of a place that are under the secret';
drop policy observation_is_read on observation;
create policy observation_is_read on observation for select using (
  release_id in (select r.id from release r)
  and not (vigie_reads_as_public()
           and exists (select from secret_figure f join series s on s.id = f.series_id
                        where f.series_id = observation.series_id and f.period = observation.period
                          and not vigie_reads_secret_of(s.place)))
);
