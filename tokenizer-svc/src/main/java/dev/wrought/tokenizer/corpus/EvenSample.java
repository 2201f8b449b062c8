package dev.wrought.tokenizer.corpus;

import java.io.IOException;
import java.util.Arrays;

/**
 * At most so many bytes of a corpus, spread evenly over it: a document is taken when the share of
 * the sample that is due by then has room for it. What is not taken is not read; a document larger
 * than the room gives its beginning, cut after a line.
 *
 * <p>The same documents whatever the number of threads. For one thread and one pass over all
 * sources.
 */
public final class EvenSample {
  /** A piece smaller than this is not worth reading a document for. */
  private static final int SMALLEST_PIECE = 1 << 16;

  private final long sampleBytes;
  private final long totalBytes;
  private long seen;
  private long taken;

  /**
   * @param totalBytes of all sources; 0 if not known: then the first bytes are the sample
   */
  public EvenSample(long sampleBytes, long totalBytes) {
    this.sampleBytes = sampleBytes;
    this.totalBytes = totalBytes;
  }

  /** Everything. */
  public static EvenSample all() {
    return new EvenSample(Long.MAX_VALUE, 0);
  }

  /** Lets through to a visitor what belongs to the sample. */
  DocumentVisitor over(DocumentVisitor visitor) {
    return new DocumentVisitor() {
      @Override
      public void document(String path, long bytes, Content content) throws IOException {
        long size = Math.max(0, bytes);
        seen += size;
        long room = due() - taken;
        if (size <= room) {
          taken += size;
          visitor.document(path, bytes, content);
        } else if (room >= SMALLEST_PIECE && size <= Corpus.LONGEST_DOCUMENT) {
          taken += room;
          visitor.document(path, room, () -> beginning(content.read(), (int) room));
        }
      }

      @Override
      public void dropped(String path, String reason) throws IOException {
        visitor.dropped(path, reason);
      }
    };
  }

  /** How many bytes of the sample should have been taken by now. */
  private long due() {
    if (totalBytes <= 0 || sampleBytes >= totalBytes) {
      return sampleBytes;
    }
    return (long) ((double) sampleBytes * Math.min(seen, totalBytes) / totalBytes);
  }

  private static byte[] beginning(byte[] content, int room) {
    int end = Math.min(room, content.length);
    int line = end;
    while (line > 0 && content[line - 1] != '\n') {
      line--;
    }
    return Arrays.copyOf(content, line > 0 ? line : end);
  }
}
