create table account (
  id integer generated always as identity primary key,
  email text not null check (email = lower(email) and email like '%_@_%'),
  subject text unique,
  name text not null default '',
  role text not null check (role in ('town-hall', 'cert', 'prefecture', 'administrator')),
  place text references place (code),
  invited_by text not null,
  invited_at timestamptz not null default now(),
  closed_at timestamptz,
  check ((place is null) = (role = 'administrator'))
);
create unique index account_of_address on account (email) where closed_at is null;
comment on table account is 'People who may sign in: invited by address, known by the subject of their provider from their first sign-in on';
comment on column account.id is 'Number under which what the person does is kept';
comment on column account.email is 'Address of the invitation, lower case';
comment on column account.subject is 'Issuer and subject of the sign-in provider, by which the person is recognised; null until the first sign-in';
comment on column account.name is 'Name given by the provider';
comment on column account.role is 'What the person may do: town-hall, cert, prefecture or administrator';
comment on column account.place is 'Town hall (INSEE code) or department that the person answers for; null for an administrator';
comment on column account.invited_by is 'Account of the administrator who invited, or the setting ADMINISTRATOR_EMAIL';
comment on column account.invited_at is 'Moment of the invitation';
comment on column account.closed_at is 'Moment at which the account was closed; null while it is open';

create table sign_in (
  state_sha256 text primary key check (state_sha256 ~ '^[0-9a-f]{64}$'),
  nonce text not null,
  verifier text,
  return_to text not null,
  started_at timestamptz not null default now()
);
comment on table sign_in is 'Sign-ins under way at the provider; a line is taken away by the answer that it waits for';
comment on column sign_in.state_sha256 is 'Digest of the state parameter, which only the browser holds';
comment on column sign_in.nonce is 'Nonce that the identity token must carry';
comment on column sign_in.verifier is 'PKCE verifier; null when the provider does not take PKCE';
comment on column sign_in.return_to is 'Page of this site that the person was going to';
comment on column sign_in.started_at is 'Moment at which it started';

create table session (
  key_sha256 text primary key check (key_sha256 ~ '^[0-9a-f]{64}$'),
  account_id integer not null references account (id),
  id_token text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
create index session_of_account on session (account_id);
comment on table session is 'Open sessions; signing out takes the line away, and the cookie is then worth nothing';
comment on column session.key_sha256 is 'Digest of the key in the cookie';
comment on column session.account_id is 'Account';
comment on column session.id_token is 'Identity token, which the provider asks for at the end of the session';
comment on column session.started_at is 'Sign-in: a session ends twelve hours later, whatever is done';
comment on column session.seen_at is 'Last request: a session ends after thirty minutes without any';

create table api_token (
  id integer generated always as identity primary key,
  key_sha256 text not null unique check (key_sha256 ~ '^[0-9a-f]{64}$'),
  account_id integer not null references account (id),
  label text not null check (length(label) between 1 and 120),
  scope text not null check (scope in ('read', 'imports', 'everything')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null check (expires_at > created_at),
  revoked_at timestamptz,
  used_at timestamptz
);
comment on table api_token is 'Keys for programs, created by a person, never with more rights than that person has when they are used';
comment on column api_token.id is 'Number, to name the token without its key';
comment on column api_token.key_sha256 is 'Digest of the key, which was shown once';
comment on column api_token.account_id is 'Account that created it and in whose name it acts';
comment on column api_token.label is 'What it is for';
comment on column api_token.scope is 'What it may do of what the account may: read, imports (read and import), everything';
comment on column api_token.created_at is 'Creation';
comment on column api_token.expires_at is 'End of its life';
comment on column api_token.revoked_at is 'Moment at which it was revoked; null while it is good';
comment on column api_token.used_at is 'Last use, to the minute';

create table security_key (
  month text primary key check (month ~ '^\d{4}-\d{2}$'),
  key bytea not null
);
comment on table security_key is 'Keys of the pseudonyms of the security log; without the key of its month, which goes after a year, a pseudonym names nobody';
comment on column security_key.month is 'Month whose pseudonyms it makes';
comment on column security_key.key is 'Secret of the HMAC-SHA-256';

create table security_event (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  event text not null,
  actor text not null,
  address text not null,
  detail text not null default ''
);
create index security_event_by_time on security_event (at);
comment on table security_event is 'Security log: sign-ins, refusals, accounts and tokens, under pseudonyms, kept for twelve months; what was imported and published is told for ever elsewhere';
comment on column security_event.id is 'Order';
comment on column security_event.at is 'Moment';
comment on column security_event.event is 'What happened';
comment on column security_event.actor is 'Pseudonym of the account, for a month; empty when nobody was signed in';
comment on column security_event.address is 'Pseudonym of the network address, for a month';
comment on column security_event.detail is 'Route or role concerned, never a name, a key or a content';

create function vigie_place() returns text language sql stable as $$
  select nullif(current_setting('vigie.place', true), '')
$$;
comment on function vigie_place is 'Place that the present request answers for';

create function vigie_account() returns text language sql stable as $$
  select nullif(current_setting('vigie.account', true), '')
$$;
comment on function vigie_account is 'Account in whose name the present request acts';

alter table scenario add column created_by text not null default coalesce(vigie_account(), 'local');
comment on column scenario.created_by is 'Account that saved it';
alter table staffing_plan add column created_by text not null default coalesce(vigie_account(), 'local');
comment on column staffing_plan.created_by is 'Account that asked for it';

create function vigie_answers_for(code text) returns boolean language sql stable as $$
  select case current_user::text
    when 'vigie_administrator' then true
    when 'vigie_town_hall' then code = vigie_place()
    when 'vigie_cert' then code = vigie_place() or code in (select p.code from place p where p.parent = vigie_place())
    when 'vigie_prefecture' then code = vigie_place() or code in (select p.code from place p where p.parent = vigie_place())
    else false
  end
$$;
comment on function vigie_answers_for is 'Whether the role of the present request writes for a place: its town, its department and its communes, or any';

-- Policies that read each other's tables would never end; these two look past them, and tell one thing each.
create function vigie_release_place(release integer) returns text
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.default_place from release r where r.id = release
$$;
comment on function vigie_release_place is 'Place for which a file was imported';

create function vigie_own_release(release integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from release r where r.id = release and r.recorded_by = vigie_account())
$$;
comment on function vigie_own_release is 'Whether a file was imported by the account of the present request: nobody adds a row to another''s';

alter table release enable row level security;
create policy release_is_read on release for select using (
  id in (select p.release_id from publication p where p.embargo_until is null or p.embargo_until <= now())
  or vigie_answers_for(default_place)
);
create policy release_is_brought on release for insert with check (
  recorded_by = vigie_account() and vigie_answers_for(default_place)
  and case current_user::text
    when 'vigie_town_hall' then import_kind in ('applications', 'appointment-waits', 'town-halls', 'opening-hours', 'closures')
    when 'vigie_cert' then import_kind in ('issuance-delays', 'titles-issued', 'indicators', 'cert-capacity', 'events')
    else true
  end
);

alter table publication enable row level security;
create policy publication_is_read on publication for select using (
  embargo_until is null or embargo_until <= now() or vigie_answers_for(vigie_release_place(release_id))
);
create policy publication_is_made on publication for insert with check (
  published_by = vigie_account() and vigie_answers_for(vigie_release_place(release_id))
);

alter table series enable row level security;
create policy series_is_read on series for select using (true);
create policy series_is_opened on series for insert with check (vigie_answers_for(place));

alter table observation enable row level security;
create policy observation_is_read on observation for select using (release_id in (select r.id from release r));
create policy observation_is_brought on observation for insert with check (
  vigie_own_release(release_id) and vigie_answers_for((select s.place from series s where s.id = series_id))
);

alter table town_hall_version enable row level security;
create policy town_hall_version_is_read on town_hall_version for select using (true);
create policy town_hall_version_is_brought on town_hall_version for insert with check (vigie_own_release(release_id) and vigie_answers_for(insee));

alter table opening_hours enable row level security;
create policy opening_hours_is_read on opening_hours for select using (true);
create policy opening_hours_is_brought on opening_hours for insert with check (vigie_own_release(release_id) and vigie_answers_for(insee));

alter table closure enable row level security;
create policy closure_is_read on closure for select using (true);
create policy closure_is_brought on closure for insert with check (vigie_own_release(release_id) and vigie_answers_for(insee));

alter table event enable row level security;
create policy event_is_read on event for select using (true);
create policy event_is_brought on event for insert with check (vigie_own_release(release_id) and vigie_answers_for(place));

alter table commune_contour enable row level security;
create policy commune_contour_is_read on commune_contour for select using (true);
create policy commune_contour_is_brought on commune_contour for insert with check (vigie_own_release(release_id) and vigie_answers_for(insee));

alter table cert_capacity enable row level security;
create policy cert_capacity_is_read on cert_capacity for select using (true);
create policy cert_capacity_is_brought on cert_capacity for insert with check (vigie_own_release(release_id));

alter table scenario enable row level security;
create policy scenario_is_read on scenario for select using (current_user::text <> 'vigie_public');
create policy scenario_is_saved on scenario for insert with check (
  created_by = vigie_account() and vigie_answers_for(place)
);

alter table staffing_plan enable row level security;
create policy staffing_plan_is_read on staffing_plan for select using (
  current_user::text in ('vigie_cert', 'vigie_prefecture', 'vigie_administrator')
);
create policy staffing_plan_is_kept on staffing_plan for insert with check (
  created_by = vigie_account() and vigie_answers_for(place)
);

alter table staffing_plan_month enable row level security;
create policy staffing_plan_month_is_read on staffing_plan_month for select using (
  plan_id in (select p.id from staffing_plan p)
);
create policy staffing_plan_month_is_kept on staffing_plan_month for insert with check (
  plan_id in (select p.id from staffing_plan p where p.created_by = vigie_account())
);
