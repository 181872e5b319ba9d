-- What the columns of a file were said to be by hand, so that the next file of its source with that head is read at once.
create table import_mapping (
  publisher text not null,
  head text not null,
  mapping jsonb not null check (jsonb_typeof(mapping) = 'object'),
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  primary key (publisher, head)
);
comment on table import_mapping is 'Columns of files named by hand, by who publishes them and their head';
comment on column import_mapping.publisher is 'Who publishes the files, as told when one was sent';
comment on column import_mapping.head is 'Names of the columns reduced to what identifies them, joined by bars';
comment on column import_mapping.mapping is 'Field of each column, by what identifies its name; empty when it is left aside';
comment on column import_mapping.recorded_by is 'Account that said so';
comment on column import_mapping.recorded_at is 'When';
