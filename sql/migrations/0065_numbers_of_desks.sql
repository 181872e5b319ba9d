alter table town_hall_version add column ugf text;
comment on column town_hall_version.ugf is 'Numbers of its desks at France Titres (UGF), 5 digits each, with a space between; null when not told';
drop policy release_is_brought on release;
create policy release_is_brought on release for insert with check (
  recorded_by = vigie_account() and vigie_answers_for(default_place)
  and case current_user::text
    when 'vigie_town_hall' then import_kind in ('applications', 'appointment-waits', 'appointments', 'town-halls', 'opening-hours', 'closures')
    when 'vigie_cert' then import_kind in ('issuance-delays', 'titles-issued', 'indicators', 'cert-capacity', 'events')
    else true
  end
);
drop policy withdrawal_is_made on withdrawal;
create policy withdrawal_is_made on withdrawal for insert with check (
  withdrawn_by = vigie_account() and vigie_answers_for(vigie_release_place(release_id))
  and case current_user::text
    when 'vigie_town_hall' then vigie_release_kind(release_id) in ('applications', 'appointment-waits', 'appointments', 'town-halls', 'opening-hours', 'closures')
    when 'vigie_cert' then vigie_release_kind(release_id) in ('issuance-delays', 'titles-issued', 'indicators', 'cert-capacity', 'events')
    else true
  end
);
