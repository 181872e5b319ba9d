-- Granted with the views, which lose what was granted on them when they are rebuilt. A table that is not named here is
-- closed to every request, and so is a value that waits for its publication, but to those whose place brought it.
grant select on
  place, reference_data, source, release, publication, withdrawal, series, observation, town_hall_version, opening_hours_version,
  closure_version, cert_capacity_version, cert_perimeter_version, cert_perimeter, event_version, commune_contour_version, opening_hours, closure, cert_capacity,
  event, commune_contour, projection_run, projection_point, scenario, staffing_plan, staffing_plan_month,
  secret_figure, shown_release, published_release, observation_vintage, observation_history, current_observation, told_series, town_hall
  to vigie_public, vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator;
grant select on draft_observation, public_threshold, source_threshold, speaker_decision, speaker to vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator;
grant insert on source, stored_file, release, publication, withdrawal, series, observation, scenario
  to vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator;
grant insert on town_hall_version, opening_hours_version, closure_version to vigie_town_hall, vigie_prefecture, vigie_administrator;
grant insert on event_version, cert_capacity_version, staffing_plan, staffing_plan_month
  to vigie_cert, vigie_prefecture, vigie_administrator;
grant select on given_away_figure to vigie_administrator;
grant insert on public_threshold, speaker_decision to vigie_administrator;
grant insert on commune_contour_version, cert_perimeter_version to vigie_prefecture, vigie_administrator;

revoke execute on function
  values_over_time, values_in_force, refresh_current_observation, rebuild_current_observation, put_in_force, take_back from public;
grant execute on function put_in_force
  to vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator;
