package dev.wrought.serving.engine;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.Attention;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.serving.kernel.KeyValuePages;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Who holds which pages of the key-value cache. A sequence takes all that it may ever need before
 * its first token and gives them back at its end, so that no sequence is stopped half-way for want
 * of a page. Low numbers first: the memory of the others is never touched. Thread-safe.
 */
public final class PagePool {
  private static final long BUDGET_BYTES = 512L << 20;

  /** What a single sequence may take where the budget holds none of full length. */
  private static final long MOST_BYTES = 4L << 30;

  private final KeyValuePages pages;
  private final BitSet free = new BitSet();

  /**
   * Room for some sequences of full length, within 512 MiB; for one of them within 4 GiB.
   *
   * @param arena owns the memory
   */
  public PagePool(Arena arena, ModelConfig config, int sequences) {
    KeyValuePages.Shape shape = shape(config);
    long one = pagesFor(config.contextLength());
    long pageBytes = KeyValuePages.pageBytes(shape);
    long several = Math.min(one * sequences, BUDGET_BYTES / pageBytes);
    long single = Math.clamp(MOST_BYTES / pageBytes, 1, one);
    int limit = Math.toIntExact(Math.max(single, several));
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

  /**
   * Pages for so many positions; empty if there are not enough now.
   *
   * @throws WroughtException OUT_OF_MEMORY if there never are so many, or the machine has no memory
   *     for them; then none are taken
   */
  public synchronized Optional<int[]> take(int positions) {
    int count = pagesFor(positions);
    if (count > pages.limit()) {
      throw tooMany(positions);
    }
    if (free.cardinality() < count) {
      return Optional.empty();
    }
    int[] taken = free.stream().limit(count).toArray();
    try {
      Arrays.stream(taken).forEach(pages::prepare);
    } catch (OutOfMemoryError none) {
      throw new WroughtException(
          ErrorCode.OUT_OF_MEMORY,
          "there is no memory for the cache of %,d tokens: ask for fewer, or release another model"
              .formatted(positions),
          none);
    }
    Arrays.stream(taken).forEach(free::clear);
    return Optional.of(taken);
  }

  private WroughtException tooMany(int positions) {
    return new WroughtException(
        ErrorCode.OUT_OF_MEMORY,
        "%,d tokens at once do not fit the cache; this model's holds %,d: ask for fewer"
            .formatted(positions, (long) pages.limit() * KeyValuePages.PAGE));
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
