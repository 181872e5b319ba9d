create table projection_in_force (
  place text primary key references place (code),
  run_id text not null references projection_run (id),
  state text not null
);
comment on table projection_in_force is 'The projection of each department that rests on what is public now; derived, and written again when something becomes public';
comment on column projection_in_force.place is 'Department';
comment on column projection_in_force.run_id is 'Its projection: what becomes public may bring back the inputs of an older one';
comment on column projection_in_force.state is 'What was public when it was last looked at: last release, last publication, embargoes past';
