-- Who asks, and what one may answer for: what the policies of 0002 are written with.

create or replace function vigie_place() returns text language sql stable as $$
  select nullif(current_setting('vigie.place', true), '')
$$;
comment on function vigie_place is 'Place that the present request answers for';

create or replace function vigie_account() returns text language sql stable as $$
  select nullif(current_setting('vigie.account', true), '')
$$;
comment on function vigie_account is 'Account in whose name the present request acts';

create or replace function vigie_role() returns text language sql stable as $$
  select replace(replace(current_setting('role'), 'vigie_', ''), '_', '-')
$$;
comment on function vigie_role is 'Role of the present request; none for the service itself';

create or replace function vigie_answers_for(code text) returns boolean language sql stable as $$
  select case current_user::text
    when 'vigie_administrator' then true
    when 'vigie_town_hall' then code = vigie_place()
    when 'vigie_cert' then code = vigie_place() or exists (select from place p where p.code = $1 and p.parent = vigie_place())
    when 'vigie_prefecture' then code = vigie_place() or exists (select from place p where p.code = $1 and p.parent = vigie_place())
    else false
  end
$$;
comment on function vigie_answers_for is 'Whether the role of the present request writes for a place: its town, its department and its communes, or any';

create or replace function vigie_reads_as_public() returns boolean language sql stable as $$
  select current_user::text in ('vigie_public', 'vigie_town_hall')
$$;
comment on function vigie_reads_as_public is 'Whether the role of the present request reads no volume under the secret';

create or replace function vigie_reads_secret_of(owner text) returns boolean language sql stable as $$
  select case current_user::text
    when 'vigie_public' then false
    when 'vigie_town_hall' then coalesce(owner = vigie_place(), false)
    else true
  end
$$;
comment on function vigie_reads_secret_of is 'Whether the role of the present request reads the volumes of a place that are under the secret';

create or replace function vigie_may_bring(kind text) returns boolean language sql stable as $$
  select case current_user::text
    when 'vigie_town_hall' then kind in ('applications', 'appointment-waits', 'appointments', 'town-halls', 'opening-hours', 'closures')
    when 'vigie_cert' then kind in ('issuance-delays', 'titles-issued', 'indicators', 'cert-capacity', 'events')
    else true
  end
$$;
comment on function vigie_may_bring is 'Whether the role of the present request brings, and takes back, files of a kind; the same lists as KINDS_BROUGHT of the program';

-- Policies that read each other's tables would never end; these look past them, and tell one thing each.
create or replace function vigie_release_place(release integer) returns text
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.reach from release r where r.id = release
$$;
comment on function vigie_release_place is 'Smallest place that holds every row of a file';

create or replace function vigie_release_kind(release integer) returns text
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.import_kind from release r where r.id = release
$$;
comment on function vigie_release_kind is 'Kind of a file: a role takes back those that it may bring';

create or replace function vigie_own_release(release integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from release r where r.id = release and r.recorded_by = vigie_account())
$$;
comment on function vigie_own_release is 'Whether a file was imported by the account of the present request: nobody adds a row to another''s';

create or replace function vigie_name_key(publisher text) returns text language sql immutable as $$
  select translate(lower(regexp_replace(normalize(publisher, NFKD), '[^[:alnum:]]+', '', 'g')), 'l10', 'iio')
$$;
comment on function vigie_name_key is 'What is left of the name of a publisher when accents, signs, capitals and letters of the same look are set aside';

create or replace function vigie_speaks_for(source integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select vigie_role() in ('none', 'administrator')
      or coalesce((select d.speaks from speaker_decision d
                    where d.source_id = source and d.role = vigie_role() and d.place = vigie_place()
                    order by d.id desc limit 1), false)
$$;
comment on function vigie_speaks_for is 'Whether the present request may bring a file in the name of a publisher';
