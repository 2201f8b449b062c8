package dev.wrought.tokenizer.build;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.tokenizer.corpus.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A dataset's files while they are made, and the journal of the shards that are full. A build that
 * goes on from an earlier attempt reads the corpus again from its beginning, which tells what is a
 * duplicate and what is left out, and encodes only what lies behind that attempt's shards.
 *
 * <p>Where it ends before its files are published, they stay on the disk if a shard is full. For
 * one thread.
 */
final class UnfinishedBuild implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UnfinishedBuild.class.getName());

  /** The journal's name within the folder. */
  static final String JOURNAL = "build.json";

  private static final String FILES = "files";

  private final Path folder;
  private final FileChannel lock;
  private final BuildJournal earlier;
  private BuildJournal journal;
  private boolean noting = true;

  /**
   * @param folder of this build alone
   * @param lock on it, given back when this is closed
   * @param earlier what an earlier attempt has finished
   */
  UnfinishedBuild(Path folder, FileChannel lock, BuildJournal earlier) {
    this.folder = folder;
    this.lock = lock;
    this.earlier = earlier;
    this.journal = earlier;
  }

  /** Where a build's files are made. */
  static Path files(Path folder) {
    return folder.resolve(FILES);
  }

  /** Where the files are made. */
  Path files() {
    return files(folder);
  }

  /** The shards of a split that an earlier attempt has finished, in order. */
  List<FinishedShard> earlier(Split split) {
    return earlier.of(split);
  }

  /** Notes that a shard is finished; from now on it need not be written again. */
  void finished(Split split, FinishedShard shard) {
    if (!noting) {
      return;
    }
    journal = journal.with(split, shard);
    try {
      journal.write(folder.resolve(JOURNAL));
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "cannot note a finished shard in " + folder + "; it goes on", failure);
    }
  }

  /**
   * From now on nothing is noted: what is written from documents that are in shards already is done
   * again after an interruption, for it needs no encoding.
   */
  void documentsAreWritten() {
    noting = false;
  }

  /** Shards that are finished are about to change: an interruption begins anew from now on. */
  void shardsChange() throws IOException {
    journal = BuildJournal.begun(earlier.inputs());
    Files.deleteIfExists(folder.resolve(JOURNAL));
  }

  /**
   * Checks that the corpus is the one of the earlier attempt so far.
   *
   * @param place behind each document, also those that are left out
   * @throws WroughtException INVALID_DATA if it is not, saying how it differs
   */
  void check(Position place) {
    for (Split split : Split.values()) {
      Position end = lastEnd(split);
      if (end.documents() == place.documents() && !end.equals(place)) {
        throw corpusChanged(
            end.bytesRead() == place.bytesRead()
                ? "one of its first %d documents has other content".formatted(end.documents())
                : "its first %d documents had %d bytes and have %d"
                    .formatted(end.documents(), end.bytesRead(), place.bytesRead()));
      }
    }
  }

  /**
   * Checks that the corpus is not shorter than that of the earlier attempt was.
   *
   * @param end of the corpus
   * @throws WroughtException INVALID_DATA if it is
   */
  void checkEnd(Position end) {
    for (Split split : Split.values()) {
      long before = lastEnd(split).documents();
      if (before > end.documents()) {
        throw corpusChanged(
            "it has %d documents and had %d or more".formatted(end.documents(), before));
      }
    }
  }

  private Position lastEnd(Split split) {
    List<FinishedShard> shards = earlier.of(split);
    return shards.isEmpty() ? Position.START : shards.getLast().end();
  }

  /** Begins anew next time, and says so. @param difference what is another, for people */
  WroughtException corpusChanged(String difference) {
    noting = false;
    journal = BuildJournal.begun(earlier.inputs());
    return new WroughtException(
        ErrorCode.INVALID_DATA,
        "the corpus is not the one that this build had begun with, though its files have the same sizes and times: %s; build again, which begins anew"
            .formatted(difference));
  }

  /** Keeps what can be gone on from; deletes everything else that is not published. */
  @Override
  public void close() {
    try (lock) {
      if (journal.isEmpty() || !Files.exists(files())) {
        DurableFiles.deleteFolder(folder);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
