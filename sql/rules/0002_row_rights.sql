-- Who reads and who writes which rows, each rule once: those of before are dropped, so that none stands anywhere else.
-- A table is put under its rules by its own migration (enable row level security).

do $$
declare rule record;
begin
  for rule in select policyname, tablename from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', rule.policyname, rule.tablename);
  end loop;
end $$;

-- Files, their publication and their withdrawal.
create policy release_is_read on release for select using (
  id in (select p.release_id from publication p where p.embargo_until is null or p.embargo_until <= now())
  or vigie_answers_for(reach)
);
create policy release_is_brought on release for insert with check (
  recorded_by = vigie_account() and vigie_answers_for(default_place)
  and vigie_may_bring(import_kind)
);
create policy publication_is_read on publication for select using (
  embargo_until is null or embargo_until <= now() or vigie_answers_for(vigie_release_place(release_id))
);
create policy publication_is_made on publication for insert with check (
  published_by = vigie_account() and vigie_answers_for(vigie_release_place(release_id))
);
create policy withdrawal_is_read on withdrawal for select using (release_id in (select r.id from release r));
create policy withdrawal_is_made on withdrawal for insert with check (
  withdrawn_by = vigie_account() and vigie_answers_for(vigie_release_place(release_id))
  and vigie_may_bring(vigie_release_kind(release_id))
);

-- Figures, and those under the secret.
create policy series_is_read on series for select using (true);
create policy series_is_opened on series for insert with check (vigie_answers_for(place));
create policy observation_is_read on observation for select using (
  release_id in (select r.id from release r)
  and not (vigie_reads_as_public()
           and exists (select from secret_figure f join series s on s.id = f.series_id
                        where f.series_id = observation.series_id and f.period = observation.period
                          and not vigie_reads_secret_of(s.place)))
);
create policy observation_is_brought on observation for insert with check (
  vigie_own_release(release_id) and vigie_answers_for((select s.place from series s where s.id = series_id))
);
create policy public_threshold_is_read on public_threshold for select using (current_user::text <> 'vigie_public');
create policy public_threshold_is_decided on public_threshold for insert with check (
  current_user::text = 'vigie_administrator' and decided_by = vigie_account()
);
create policy given_away_figure_is_read on given_away_figure for select using (current_user::text = 'vigie_administrator');

-- Who speaks for whom.
create policy speaker_decision_is_read on speaker_decision for select using (current_user::text <> 'vigie_public');
create policy speaker_decision_is_taken on speaker_decision for insert with check (
  current_user::text = 'vigie_administrator' and decided_by = vigie_account()
);

-- Halls, hours, closures, events, outlines and teams.
create policy town_hall_version_is_read on town_hall_version for select using (true);
create policy town_hall_version_is_brought on town_hall_version for insert with check (vigie_own_release(release_id) and vigie_answers_for(insee));
create policy opening_hours_is_read on opening_hours_version for select using (true);
create policy opening_hours_is_brought on opening_hours_version for insert with check (vigie_own_release(release_id) and vigie_answers_for(insee));
create policy closure_is_read on closure_version for select using (true);
create policy closure_is_brought on closure_version for insert with check (vigie_own_release(release_id) and vigie_answers_for(insee));
create policy event_is_read on event_version for select using (true);
create policy event_is_brought on event_version for insert with check (vigie_own_release(release_id) and vigie_answers_for(place));
create policy commune_contour_is_read on commune_contour_version for select using (true);
create policy commune_contour_is_brought on commune_contour_version for insert with check (vigie_own_release(release_id) and vigie_answers_for(insee));
create policy committee_entry_is_read on committee_entry_version for select using (true);
create policy committee_entry_is_brought on committee_entry_version for insert with check (vigie_own_release(release_id) and vigie_answers_for(place));
create policy cert_capacity_is_read on cert_capacity_version for select using (true);
create policy cert_capacity_is_brought on cert_capacity_version for insert with check (vigie_own_release(release_id) and (code is null or vigie_answers_for(code)));
create policy cert_perimeter_is_read on cert_perimeter_version for select using (true);
create policy cert_perimeter_is_brought on cert_perimeter_version for insert with check (vigie_own_release(release_id) and vigie_answers_for(department));

-- Plans and scenarios.
create policy campaign_is_read on campaign for select using (current_user::text <> 'vigie_public');
create policy campaign_is_saved on campaign for insert with check (
  created_by = vigie_account() and vigie_answers_for(department)
);
create policy scenario_is_read on scenario for select using (current_user::text <> 'vigie_public');
create policy scenario_is_saved on scenario for insert with check (
  created_by = vigie_account() and vigie_answers_for(place)
);
create policy staffing_plan_is_read on staffing_plan for select using (
  current_user::text in ('vigie_cert', 'vigie_prefecture', 'vigie_administrator')
);
create policy staffing_plan_is_kept on staffing_plan for insert with check (
  created_by = vigie_account() and vigie_answers_for(place)
);

-- Collectors and what they read.
create policy collector_is_read on collector for select using (vigie_answers_for(department));
create policy collector_is_added on collector for insert with check (
  created_by = vigie_account() and vigie_answers_for(department)
);
create policy collector_is_changed on collector for update using (vigie_answers_for(department))
  with check (vigie_answers_for(department));
create policy collector_reading_is_read on collector_reading for select using (
  collector_id in (select c.id from collector c)
);
create policy collector_point_is_read on collector_point for select using (
  collector_id in (select c.id from collector c)
);
create policy collector_point_is_recognised on collector_point for update using (
  collector_id in (select c.id from collector c)
) with check (hall is null or (hall_confirmed_by = vigie_account() and vigie_answers_for(hall)));
create policy collector_slot_count_is_read on collector_slot_count for select using (
  reading_id in (select r.id from collector_reading r)
);
create policy collector_figure_is_read on collector_figure for select using (
  collector_id in (select c.id from collector c)
);

-- Alerts.
create policy subscription_is_read on subscription for select using (vigie_answers_for(place));
create policy subscription_is_made on subscription for insert with check (
  created_by = vigie_account() and vigie_answers_for(place)
);
create policy subscription_is_ended on subscription for update using (vigie_answers_for(place))
  with check (vigie_answers_for(place));
create policy alert_state_is_read on alert_state for select using (
  subscription_id in (select s.id from subscription s)
);
