package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.fuzz.FuzzedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file that was made up, read to its end as a service does it. */
final class FuzzedSource implements DocumentVisitor {
  private static final CorpusPlugins PLUGINS = Corpora.plugins(FuzzedFolder.path());

  private int documents;
  private int dropped;

  private FuzzedSource() {}

  /** Reads the file; its name tells the kind of source. */
  static void read(String name, byte[] content) {
    read(name, content, false);
  }

  /** Reads a file of rows with and without the broken ones: none is lost without being counted. */
  static void readRows(String name, byte[] content) {
    FuzzedSource skipping = read(name, content, true);
    try {
      FuzzedSource strict = read(name, content, false);
      if (strict.documents != skipping.documents || skipping.dropped > 0) {
        throw new AssertionError(
            "%d documents; where broken rows are skipped %d, and %d skipped"
                .formatted(strict.documents, skipping.documents, skipping.dropped));
      }
    } catch (WroughtException refused) {
      if (skipping.dropped == 0) {
        throw new AssertionError("refused, and yet no row is broken", refused);
      }
      throw refused;
    }
  }

  private static FuzzedSource read(String name, byte[] content, boolean skipBroken) {
    FuzzedSource reading = new FuzzedSource();
    FuzzedFolder.read(FuzzedFolder.put(name, content), path -> reading.readAll(path, skipBroken));
    return reading;
  }

  private void readAll(Path path, boolean skipBroken) {
    SourceSpec source =
        new SourceSpec(path.toString(), "", List.of(), List.of(), "", skipBroken, 1);
    try (Corpus corpus = PLUGINS.open(new CorpusSpec(List.of(source), List.of(), true, 0))) {
      corpus.read(0, this);
    }
  }

  @Override
  public void document(String path, long bytes, Content content) throws IOException {
    if (bytes > Corpus.LONGEST_DOCUMENT) {
      dropped(path, DropReason.TOO_LONG);
      return;
    }
    try {
      byte[] read = content.read();
      if (bytes >= 0 && read.length > bytes) {
        throw new AssertionError(
            "%s has %d bytes, and %d were announced".formatted(path, read.length, bytes));
      }
      documents++;
    } catch (DroppedException left) {
      dropped(path, left.reason());
    }
  }

  @Override
  public void dropped(String path, String reason) {
    dropped++;
  }
}
