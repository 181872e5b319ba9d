-- A mail that was under way when its process died is sent again as the same mail, whatever came in between.
alter table alert_state add column mail integer;
comment on column alert_state.mail is 'Mail that tells it, by the first of what it tells; chosen before anything is sent, null until then';
