-- Who is warned of what, and what they were told.
create table subscription (
  id integer generated always as identity primary key,
  place text not null references place (code),
  rule text not null check (rule in ('target-missed', 'wait-above', 'projected-above', 'collector-silent', 'figure-contradicted', 'new-projection')),
  days double precision,
  quarters integer,
  probability double precision,
  channel text not null check (channel in ('mail', 'webhook')),
  target text not null,
  secret bytea,
  leave_key text not null unique,
  created_by text not null default coalesce(vigie_account(), 'local'),
  created_at timestamptz not null default now(),
  closed_at timestamptz
);
comment on table subscription is 'Who is warned of what: by mail or by a signed call to an address';
comment on column subscription.id is 'Number';
comment on column subscription.place is 'Department or town hall';
comment on column subscription.rule is 'What is watched';
comment on column subscription.days is 'Days of wait, or of silence, beyond which the rule holds; null for the rules without any';
comment on column subscription.quarters is 'Quarters ahead that a projection is looked at over; null for the other rules';
comment on column subscription.probability is 'Least probability of passing the days, from 0 to 1; null for the other rules';
comment on column subscription.channel is 'mail or webhook';
comment on column subscription.target is 'Mail address, or https address that is called';
comment on column subscription.secret is 'Key that signs the calls, encrypted with SECRET_KEY; null by mail';
comment on column subscription.leave_key is 'Key of the link that ends the subscription, in each message';
comment on column subscription.created_by is 'Account that subscribed';
comment on column subscription.created_at is 'Moment of the subscription';
comment on column subscription.closed_at is 'Moment at which it ended; null while it holds';

create table alert_state (
  id bigint generated always as identity primary key,
  subscription_id integer not null references subscription (id),
  subject text not null,
  words text not null,
  since timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  told_at timestamptz
);
create unique index alert_state_under_way on alert_state (subscription_id, subject) where ended_at is null;
create index alert_state_to_tell on alert_state (subscription_id) where told_at is null;
comment on table alert_state is 'What holds for a subscription, told once while it lasts: written before anything is sent, so that a process that dies forgets nothing and repeats nothing';
comment on column alert_state.id is 'Order';
comment on column alert_state.subscription_id is 'Subscription';
comment on column alert_state.subject is 'What it is about, as a code';
comment on column alert_state.words is 'What it says';
comment on column alert_state.since is 'Moment at which it was seen first';
comment on column alert_state.ended_at is 'Moment at which it no longer held; null while it does';
comment on column alert_state.told_at is 'Moment at which its message was accepted; null until then';

alter table subscription enable row level security;
create policy subscription_is_read on subscription for select using (vigie_answers_for(place));
create policy subscription_is_made on subscription for insert with check (
  created_by = vigie_account() and vigie_answers_for(place)
);
create policy subscription_is_ended on subscription for update using (vigie_answers_for(place))
  with check (vigie_answers_for(place));
alter table alert_state enable row level security;
create policy alert_state_is_read on alert_state for select using (
  subscription_id in (select s.id from subscription s)
);
