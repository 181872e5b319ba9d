create view town_hall as
  select distinct on (v.insee)
         v.insee, p.name, p.parent as department, p.population, v.stations, v.opened_on, v.closed_on, v.lat, v.lon,
         v.status, v.without_appointment, v.locator, v.release_id, r.document, src.publisher
    from town_hall_version v
    join place p on p.code = v.insee
    join release r on r.id = v.release_id
    join source src on src.id = r.source_id
   order by v.insee, r.published_on desc, v.release_id desc;
comment on view town_hall is 'Town halls with biometric stations, as last described';
