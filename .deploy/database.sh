#!/bin/sh
# Run once by the image of PostgreSQL, as its superuser: an ordinary role for the service, which does not open to people
# under a role that passes by the rights of rows, and the roles under which its requests run.
set -eu
psql --username "${POSTGRES_USER:-postgres}" --dbname postgres --set ON_ERROR_STOP=1 \
  --set password="$(cat "${SERVICE_PASSWORD_FILE:-/run/secrets/service}")" <<'SQL'
create role vigie login password :'password';
create role vigie_public nologin;
create role vigie_town_hall nologin;
create role vigie_cert nologin;
create role vigie_prefecture nologin;
create role vigie_administrator nologin;
grant vigie_public, vigie_town_hall, vigie_cert, vigie_prefecture, vigie_administrator to vigie;
create database vigie owner vigie encoding 'UTF8' template template0;
SQL
