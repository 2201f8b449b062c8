package dev.wrought.core.text;

/**
 * A splitter that reads ASCII text in blocks, finds the words of a block all at once and remembers
 * them. What a block does not hold whole is cut character by character. For one thread.
 */
abstract class BlockSplitter implements Splitter {
  private static final int NOWHERE = -1;

  private int blockFrom;
  private int blockTo;

  /** Where words end in the block, those that were not yet asked for. */
  private long ends;

  /** Where the word begins that will be asked for next. */
  private int next = NOWHERE;

  /**
   * Where words begin in a block of text, itself the beginning of a word; where that depends on
   * what follows the block, nowhere.
   */
  abstract long starts(AsciiBlock block, byte[] text, int from, int to);

  /** Where the word that begins here ends. */
  abstract int end(byte[] text, int from, int to);

  @Override
  public final void begin() {
    next = NOWHERE;
  }

  @Override
  public final int next(byte[] text, int from, int to) {
    if (ends == 0 | from != next | to != blockTo) {
      blockFrom = from;
      blockTo = to;
      ends = ends(text, from, to);
      if (ends == 0) {
        return end(text, from, to);
      }
    }
    next = blockFrom + Long.numberOfTrailingZeros(ends);
    ends &= ends - 1;
    return next;
  }

  @Override
  public final long ends(byte[] text, int from, int to) {
    if (text[from] < 0 || (from + 1 < to && text[from + 1] < 0)) {
      return 0;
    }
    AsciiBlock block = new AsciiBlock(text, from, to);
    return (starts(block, text, from, to) | block.textEnd()) & ~1;
  }
}
