alter table source add column public_threshold integer check (public_threshold >= 1);
comment on column source.public_threshold is 'Under this number, and above 0, the public does not read a volume of this publisher; null for the 11 of statistics on households';
