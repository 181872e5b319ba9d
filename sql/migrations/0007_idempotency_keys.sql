create table idempotency_key (
  caller text not null,
  key text not null check (length(key) between 1 and 200),
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  claimed_at timestamptz not null default now(),
  status integer check (status between 200 and 299),
  headers jsonb,
  body bytea,
  primary key (caller, key),
  check ((status is null) = (headers is null) and (status is null) = (body is null))
);
create index idempotency_key_by_age on idempotency_key (claimed_at);
comment on table idempotency_key is 'Answers to writes, under the key that the caller gave, so that asking again gives the same answer; forgotten after a day';
comment on column idempotency_key.caller is 'Who gave the key: nobody reads the answer of another';
comment on column idempotency_key.key is 'Idempotency-Key of the request';
comment on column idempotency_key.fingerprint is 'SHA-256 of the method, the address and the body: the key is refused for another request';
comment on column idempotency_key.claimed_at is 'Moment at which the request began';
comment on column idempotency_key.status is 'Status of the answer; null while the request runs, or after its server died';
comment on column idempotency_key.headers is 'Content type and location of the answer';
comment on column idempotency_key.body is 'Body of the answer';
