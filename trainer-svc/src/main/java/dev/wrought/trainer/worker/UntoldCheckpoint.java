package dev.wrought.trainer.worker;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.trainer.journal.JournalReader;
import dev.wrought.trainer.journal.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;

/**
 * A worker may die after it has published a checkpoint and before it has told of it. Whoever goes
 * on from that checkpoint tells of it then, as the event that was meant to be.
 */
record UntoldCheckpoint(RunDirectory run, Checkpoint checkpoint) {
  /** Far more than is written between two checkpoints' events and a death. */
  private static final long TAIL_BYTES = 4 << 20;

  void tell(TrainingJournal log) {
    if (!isTold()) {
      log.published(checkpoint);
    }
  }

  private boolean isTold() {
    long from = Math.max(0, size() - TAIL_BYTES);
    JournalReader reader = new JournalReader(run);
    JournalReader.Batch batch = reader.read(from);
    while (!batch.atEnd(from)) {
      boolean told =
          batch.events().stream()
              .anyMatch(event ->
                  event.hasCheckpoint()
                      && event.getCheckpoint().getDigest().equals(checkpoint.digest()));
      if (told) {
        return true;
      }
      from = batch.sequence();
      batch = reader.read(from);
    }
    return false;
  }

  private long size() {
    try {
      return Files.exists(run.events()) ? Files.size(run.events()) : 0;
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot read %s: %s".formatted(run.events(), failure), failure);
    }
  }
}
