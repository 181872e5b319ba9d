-- Readers say that a figure is wrong, or that they did not find an answer, without an account.
create table remark (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  kind text not null check (kind in ('wrong-figure', 'not-found')),
  page text not null check (length(page) between 1 and 300),
  words text not null check (length(words) between 1 and 1000),
  author text not null
);
create index remark_by_time on remark (at);
comment on table remark is 'What readers say of the pages, for the administrators; kept for twelve months';
comment on column remark.id is 'Order';
comment on column remark.at is 'Moment';
comment on column remark.kind is 'wrong-figure: a figure is said to be wrong; not-found: an answer was looked for in vain';
comment on column remark.page is 'Address of the page, without the host';
comment on column remark.words is 'What is said, as it was written';
comment on column remark.author is 'Pseudonym of the network address, for a month, so that one sender is bounded; never a name';
