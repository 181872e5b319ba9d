-- Granted with the views, which lose what was granted on them when they are rebuilt. A table that is not named here is
-- closed to every request, and so is a value that waits for its publication, but to those whose place brought it.
grant select on
  place, reference_data, source, release, publication, withdrawal, series, observation, town_hall_version, opening_hours_version,
  closure_version, cert_capacity_version, cert_perimeter_version, cert_perimeter, event_version, commune_contour_version, opening_hours, closure, cert_capacity,
  event, commune_contour, committee_entry_version, committee_entry, projection_run, projection_point, campaign, scenario, staffing_plan,
  secret_figure, shown_release, published_release, observation_vintage, observation_history, current_observation, told_series, town_hall
  to vigie_public, vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator;
grant select on draft_observation, public_threshold, source_threshold, speaker_decision, speaker to vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator;
grant insert on source, stored_file, release, publication, withdrawal, series, observation, campaign, scenario
  to vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator;
grant insert on town_hall_version, opening_hours_version, closure_version to vigie_town_hall, vigie_prefecture, vigie_administrator;
grant insert on event_version, cert_capacity_version, staffing_plan
  to vigie_cert, vigie_prefecture, vigie_administrator;
grant select on given_away_figure to vigie_administrator;
grant insert on public_threshold, speaker_decision to vigie_administrator;
-- The token stays with the service: nobody reads it back.
grant select (id, name, kind, address, department, has_token, hour, paused, created_by, created_at, closed_at),
  insert (name, kind, address, department, token, hour), update (name, address, token, hour, paused, closed_at)
  on collector to vigie_prefecture, vigie_administrator;
grant select on collector_reading, collector_point, collector_slot_count, collector_figure
  to vigie_prefecture, vigie_administrator;
grant update (hall, hall_confirmed_by, hall_confirmed_at) on collector_point to vigie_prefecture, vigie_administrator;
-- The key of a link and that of a signature stay with the service.
grant select (id, place, rule, days, quarters, probability, channel, target, created_by, created_at, closed_at),
  insert (place, rule, days, quarters, probability, channel, target, secret, leave_key), update (closed_at)
  on subscription to vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator;
grant select on alert_state to vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator;
grant insert on commune_contour_version, cert_perimeter_version, committee_entry_version to vigie_prefecture, vigie_administrator;

revoke execute on function
  values_over_time, values_in_force, refresh_current_observation, rebuild_current_observation, put_in_force, take_back from public;
grant execute on function put_in_force
  to vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator;
