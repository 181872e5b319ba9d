-- A centre (CERT) is a place of its own: its delays are no longer those of the department that it stands in.
alter table place drop constraint place_kind_check;
alter table place add constraint place_kind_check check (kind in ('nation', 'department', 'commune', 'cert'));
comment on table place is 'Nation, departments and communes of the official geographic code, with the successors of merged communes; and the centres (CERT) that examine files';
comment on column place.code is 'FR, department code (16, 2A, 971) or INSEE commune code (16015), always text; cert-16 is the centre supposed for a department, another code that of a file';
comment on column place.kind is 'nation, department, commune or cert';
comment on column place.parent is 'Department of a commune or of a centre, nation of a department';

create function place_of_cert() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger department_has_a_cert after insert on place for each row when (new.kind = 'department')
  execute function place_of_cert();
create trigger perimeter_names_a_cert after insert on cert_perimeter_version for each row
  execute function place_of_cert();

insert into place (code, kind, name, parent)
  select 'cert-' || lower(code), 'cert', 'CERT (périmètre supposé : ' || name || ')', code
    from place where kind = 'department';
insert into place (code, kind, name, parent)
  select distinct on (cert) cert, 'cert', name, department from cert_perimeter_version order by cert, release_id desc, department
  on conflict (code) do update set name = excluded.name;
