alter table place
  add column lat double precision,
  add column lon double precision,
  add column position_origin text
    check (position_origin in ('place', 'arrondissement', 'postal-code', 'intercommunality', 'department')),
  add column part_of text references place (code),
  add check ((lat is null) = (position_origin is null) and (lon is null) = (position_origin is null));
comment on column place.lat is 'Latitude in degrees north (WGS 84) of the place where most live; null when unknown';
comment on column place.lon is 'Longitude in degrees east (WGS 84)';
comment on column place.position_origin is 'How the position is known: the place itself (GeoNames), the centre of an arrondissement, the places of the same postal code, of the same intercommunality, or of the department';
comment on column place.part_of is 'Commune of which this place is a municipal arrondissement (Paris, Lyon, Marseille); null otherwise';
