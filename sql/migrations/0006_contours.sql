create table commune_contour (
  insee text not null references place (code),
  release_id integer not null references release (id),
  rings jsonb not null check (jsonb_typeof(rings) = 'array'),
  primary key (insee, release_id)
);
comment on table commune_contour is 'Outlines of communes, as each imported GeoJSON drew them; the last release that draws a department is in force for it';
comment on column commune_contour.insee is 'Commune, possibly merged since: an old drawing stays readable';
comment on column commune_contour.release_id is 'File that drew it';
comment on column commune_contour.rings is 'Rings of [longitude, latitude] in degrees (WGS 84), outer rings and holes alike';

create trigger commune_contour_is_append_only before update or delete or truncate on commune_contour
  for each statement execute function refuse_change();
