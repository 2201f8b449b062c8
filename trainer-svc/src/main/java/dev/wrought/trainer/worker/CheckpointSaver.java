package dev.wrought.trainer.worker;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.CheckpointPublisher;
import dev.wrought.core.checkpoint.Checkpoints;
import dev.wrought.core.dataset.DatasetWatch;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.recipe.CheckpointSpec;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.RunJournal;
import dev.wrought.trainer.journal.WorkerLock;
import dev.wrought.trainer.loop.CheckpointKeeper;
import dev.wrought.trainer.loop.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Publishes checkpoints and tells of them. The events of the steps before are forced to the disk
 * first: a run that goes on from the checkpoint never repeats those steps, so they are told now or
 * never. No checkpoint is made of data that has changed since the start.
 *
 * @param whole checkpoints that this start has written, or found to be whole
 */
record CheckpointSaver(
    CheckpointFiles files,
    RunDirectory run,
    WorkerLock lock,
    DatasetWatch data,
    RunJournal journal,
    TrainingJournal log,
    Set<Path> whole)
    implements CheckpointKeeper {
  private static final System.Logger LOG = System.getLogger(CheckpointSaver.class.getName());

  @Override
  public void save(Progress progress, OptionalInt plannedSteps) {
    lock.check();
    data.check();
    journal.sync();
    Checkpoint saved =
        new CheckpointPublisher(run.checkpoints())
            .publish(progress.step(), folder -> files.write(folder, progress, plannedSteps));
    log.published(saved);
    LOG.log(Level.INFO, "checkpoint {0}", saved.path());
    whole.add(saved.path());
    retain();
  }

  private void retain() {
    CheckpointSpec spec = files.plan().recipe().spec().checkpoint();
    try {
      Checkpoints.retain(run.checkpoints(), spec.keep(), spec.keepBest(), whole);
    } catch (IOException | UncheckedIOException | WroughtException failure) {
      // Too many checkpoints are no reason to end the training.
      LOG.log(Level.WARNING, "old checkpoints could not be deleted: {0}", failure.getMessage());
    }
  }
}
