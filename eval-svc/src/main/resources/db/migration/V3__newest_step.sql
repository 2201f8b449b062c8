-- The last step of a run's newest start, which the list of runs asks for with every change.
create index step_newest on step (run_id, epoch, step desc);
