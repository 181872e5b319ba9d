-- What a prefecture said of the columns of a shared source named them for every other one too.
alter table import_mapping add column place text not null default '';
update import_mapping m set place = coalesce((select a.place from account a where a.id::text = m.recorded_by), '');
alter table import_mapping alter column place drop default;
alter table import_mapping drop constraint import_mapping_pkey;
alter table import_mapping add primary key (publisher, head, place);
comment on column import_mapping.place is 'Place of the account that said so, for whose files it holds; empty for those who answer for all, whose word holds where no other was given';
