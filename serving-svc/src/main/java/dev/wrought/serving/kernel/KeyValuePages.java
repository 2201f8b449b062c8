package dev.wrought.serving.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The keys and values of past positions, in pages of 16 positions. A page holds all layers; within
 * a layer keys lie as {@code [head][dim][16]}, so that one vector holds a coordinate of 16 keys and
 * sixteen scores come out without a sum across lanes, and values as {@code [head][16][dim]}.
 *
 * <p>Off heap in the model's arena. A page's memory is taken at its first use and kept until the
 * arena is closed, so an idle model is small. Which page belongs to which sequence is the engine's
 * business; two threads must not write the same page and head.
 */
public final class KeyValuePages {
  /** Positions in a page. */
  public static final int PAGE = 16;

  private static final long CACHE_LINE = 64;

  private final Arena arena;
  private final int groupSize;
  private final int keyValueHeads;
  private final int headDim;
  private final int paddedDim;
  private final long layerBytes;
  private final long pageBytes;
  private final MemorySegment[] pages;

  /**
   * @param queryHeads query heads, a multiple of the key-value heads
   * @param limit the most pages there will be
   */
  public KeyValuePages(Arena arena, Shape shape, int limit) {
    this.arena = arena;
    groupSize = shape.queryHeads() / shape.keyValueHeads();
    keyValueHeads = shape.keyValueHeads();
    headDim = shape.headDim();
    paddedDim = paddedDim(headDim);
    layerBytes = layerBytes(shape);
    pageBytes = pageBytes(shape);
    pages = new MemorySegment[limit];
    Arrays.fill(pages, MemorySegment.NULL);
  }

  /** What decides the size of a page. */
  public record Shape(int layers, int queryHeads, int keyValueHeads, int headDim) {}

  /** The memory of one page. */
  public static long pageBytes(Shape shape) {
    return shape.layers() * layerBytes(shape);
  }

  private static long layerBytes(Shape shape) {
    long floats =
        (long) PAGE * shape.keyValueHeads() * (shape.headDim() + paddedDim(shape.headDim()));
    return floats * Float.BYTES;
  }

  /** Values are padded to whole vectors of 512 bits. */
  private static int paddedDim(int headDim) {
    return 16 * Math.ceilDiv(headDim, 16);
  }

  /** The most pages there will be. */
  public int limit() {
    return pages.length;
  }

  /** The memory of all pages that were ever used. */
  public long heldBytes() {
    return pageBytes * Arrays.stream(pages).filter(page -> page.byteSize() > 0).count();
  }

  public int keyValueHeads() {
    return keyValueHeads;
  }

  public int headDim() {
    return headDim;
  }

  /** How many query heads share a key-value head. */
  public int groupSize() {
    return groupSize;
  }

  /** A head's dim in the layout of values. */
  int paddedDim() {
    return paddedDim;
  }

  /** Makes sure that a page has memory, before anything is stored in it; from one thread. */
  public void prepare(int page) {
    if (pages[page].byteSize() == 0) {
      pages[page] = arena.allocate(pageBytes, CACHE_LINE);
    }
  }

  /** Writes the keys and values of one position, all heads side by side. */
  public void store(
      int layer, int page, int slot, float[] keys, int keysAt, float[] values, int valuesAt) {
    MemorySegment memory = pages[page];
    for (int head = 0; head < keyValueHeads; head++) {
      long key = keysAt(layer, head) + slot * (long) Float.BYTES;
      int from = keysAt + head * headDim;
      for (int d = 0; d < headDim; d++) {
        memory.set(ValueLayout.JAVA_FLOAT, key + d * (long) PAGE * Float.BYTES, keys[from + d]);
      }
      MemorySegment.copy(
          values,
          valuesAt + head * headDim,
          memory,
          ValueLayout.JAVA_FLOAT,
          valuesAt(layer, head) + slot * (long) paddedDim * Float.BYTES,
          headDim);
    }
  }

  /** A page's memory. */
  MemorySegment page(int page) {
    return pages[page];
  }

  /** Where a head's keys begin in a page. */
  long keysAt(int layer, int head) {
    return layer * layerBytes + (long) head * headDim * PAGE * Float.BYTES;
  }

  /** Where a head's values begin in a page. */
  long valuesAt(int layer, int head) {
    long keys = (long) keyValueHeads * headDim * PAGE * Float.BYTES;
    return layer * layerBytes + keys + (long) head * paddedDim * PAGE * Float.BYTES;
  }
}
