-- Feed numbers mean something within one store only. A reader that comes back with a number of another one, which
-- was deleted and filled again since, has to begin anew.
alter table feed add column store varchar(36) default cast(gen_random_uuid() as varchar(36)) not null;
