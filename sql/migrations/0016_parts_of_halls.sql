alter table projection_point alter column parts drop not null;
comment on column projection_point.parts is
  'Renewals, other requests and finer parts of the mean; they add up to it. Null for a town hall whose parts are in the shares of its department';
