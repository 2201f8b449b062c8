package dev.wrought.tokenizer.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Hands on the rows of a file, each a document that is named by its line. A row is parsed when its
 * document is read, on whatever thread that is. A broken one stops the reading with file and line,
 * or is counted and skipped where that was asked for.
 */
final class Rows {
  /** Room for the longest document with every character escaped. */
  static final int LONGEST_ROW = 6 * Corpus.LONGEST_DOCUMENT;

  private static final int LONGEST_LIST = 200;

  private final Path file;
  private final boolean skipBroken;
  private final DocumentVisitor visitor;

  /** Finds the text of a row. Thread-safe. */
  @FunctionalInterface
  interface Parser {
    byte[] textOf(byte[] row) throws BrokenRow;
  }

  /** A row that is no document. */
  static final class BrokenRow extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenRow(String why) {
      super(why);
    }
  }

  Rows(Path file, boolean skipBroken, DocumentVisitor visitor) {
    this.file = file;
    this.skipBroken = skipBroken;
    this.visitor = visitor;
  }

  /**
   * Hands on the row that a reader stands at.
   *
   * @param from where it begins in the reader's bytes
   */
  void visit(long line, LineReader at, int from, Parser parser) throws IOException {
    String path = file.getFileName() + ":" + line;
    try {
      if (at.isTooLong()) {
        throw new BrokenRow("the row has more than " + LONGEST_ROW + " bytes");
      }
      byte[] row = Arrays.copyOfRange(at.bytes(), from, at.length());
      if (row.length <= Corpus.LONGEST_DOCUMENT) {
        visitor.document(path, row.length, () -> parsed(line, row, parser));
      } else { // too large to wait in memory: only its text may
        byte[] text = parser.textOf(row);
        visitor.document(path, text.length, () -> text);
      }
    } catch (BrokenRow broken) {
      complain(line, broken);
      visitor.dropped(path, DropReason.BROKEN);
    }
  }

  private byte[] parsed(long line, byte[] row, Parser parser) throws DroppedException {
    try {
      return parser.textOf(row);
    } catch (BrokenRow broken) {
      complain(line, broken);
      throw new DroppedException(DropReason.BROKEN);
    }
  }

  private void complain(long line, BrokenRow broken) {
    if (!skipBroken) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "%s:%d: %s; mend it, or have broken rows skipped (--skip-broken)"
              .formatted(file, line, broken.getMessage()));
    }
  }

  /** What a parser says, without the place, which is one within the row. */
  static String message(IOException failure) {
    return failure instanceof JsonProcessingException parsing
        ? parsing.getOriginalMessage()
        : String.valueOf(failure.getMessage());
  }

  /** For messages: names, shortened. */
  static String list(List<String> names) {
    String joined = String.join(", ", names);
    return joined.length() > LONGEST_LIST ? joined.substring(0, LONGEST_LIST) + "..." : joined;
  }
}
