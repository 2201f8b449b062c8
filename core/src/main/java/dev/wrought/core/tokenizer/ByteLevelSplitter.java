package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Splitter;

/**
 * Cuts bytes as a rule cuts them when they are written in the {@link ByteAlphabet}: such a rule may
 * cut within characters, since half of \u00F2 is written \u00B2, which is a number. For one thread.
 */
final class ByteLevelSplitter implements Splitter {
  /** An array for a longer text is not kept for the next. */
  private static final int KEPT_LENGTH = 1 << 16;

  private final Splitter rule;
  private byte[] written = new byte[64];
  private int writtenLength;
  private int writtenAt;

  /** The bytes that are written; none if {@code knownTo} is negative. */
  private int knownAt;

  private int knownTo = -1;

  ByteLevelSplitter(Splitter rule) {
    this.rule = rule;
  }

  @Override
  public void begin() {
    knownTo = -1;
    if (written.length > KEPT_LENGTH) {
      written = new byte[64];
    }
  }

  @Override
  public int next(byte[] text, int from, int to) {
    if (from != knownAt || to != knownTo) {
      write(text, from, to);
      rule.begin();
    }
    int end = rule.next(written, writtenAt, writtenLength);
    int writtenEnd = end < 0 ? ~end : end;
    int at = from;
    while (writtenAt < writtenEnd) {
      writtenAt += ByteAlphabet.writtenLength(text[at++]);
    }
    knownAt = at;
    knownTo = to;
    return end < 0 ? ~at : at;
  }

  private void write(byte[] text, int from, int to) {
    int most = Math.multiplyExact(2, to - from);
    if (written.length < most) {
      written = new byte[most];
    }
    writtenAt = 0;
    writtenLength = ByteAlphabet.write(text, from, to, written);
  }
}
