package dev.wrought.serving.engine;

import dev.wrought.core.model.Attention;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.serving.kernel.KeyValuePages;
import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.Optional;

/**
 * Who holds which pages of the key-value cache. A sequence takes all that it may ever need before
 * its first token and gives them back at its end, so that no sequence is stopped half-way for want
 * of a page. Low numbers first: the memory of the others is never touched. Thread-safe.
 */
public final class PagePool {
  private static final long BUDGET_BYTES = 512L << 20;

  private final KeyValuePages pages;
  private final BitSet free = new BitSet();

  /**
   * Room for some sequences of full length, within 512 MiB, but for one in any case.
   *
   * @param arena owns the memory
   */
  public PagePool(Arena arena, ModelConfig config, int sequences) {
    KeyValuePages.Shape shape = shape(config);
    long one = pagesFor(config.contextLength());
    long affordable = BUDGET_BYTES / KeyValuePages.pageBytes(shape);
    int limit = Math.toIntExact(Math.max(one, Math.min(one * sequences, affordable)));
    pages = new KeyValuePages(arena, shape, limit);
    free.set(0, limit);
  }

  private static KeyValuePages.Shape shape(ModelConfig config) {
    Attention attention = config.attention();
    return new KeyValuePages.Shape(
        config.layers(), attention.heads(), attention.keyValueHeads(), attention.headDim());
  }

  private static int pagesFor(int positions) {
    return Math.ceilDiv(positions, KeyValuePages.PAGE);
  }

  /** The cache itself. */
  public KeyValuePages pages() {
    return pages;
  }

  /** Pages for so many positions; empty if there are not enough now. */
  public synchronized Optional<int[]> take(int positions) {
    int count = pagesFor(positions);
    if (free.cardinality() < count) {
      return Optional.empty();
    }
    int[] taken = free.stream().limit(count).toArray();
    for (int page : taken) {
      free.clear(page);
      pages.prepare(page);
    }
    return Optional.of(taken);
  }

  /** Takes pages back. */
  public synchronized void giveBack(int[] taken) {
    for (int page : taken) {
      free.set(page);
    }
  }

  /** How many pages somebody holds. */
  public synchronized int held() {
    return pages.limit() - free.cardinality();
  }
}
