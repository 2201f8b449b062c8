package dev.wrought.core.text;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Arrays;
import java.util.List;

/**
 * UTF-8 text that was perhaps changed, and, where that is asked for, from which bytes of the
 * original each of its bytes comes. It may be cut in pieces. Immutable.
 *
 * <p>What becomes of a text is bounded by its length: steps that each double it, of which a file
 * may ask for any number, would take all memory.
 */
public final class AlignedText {
  private static final int[] NONE = {};
  private static final int CHANGED = -1;

  /** A character's compatibility form has up to 11 times its bytes. */
  private static final int MOST_GROWTH = 64;

  /** What a short text may get besides. */
  private static final int MOST_ADDED = 1 << 16;

  /** Arrays cannot be longer. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private final byte[] bytes;
  private final int length;
  private final boolean tracked;

  /** Where it begins in the original, if it is as there; else {@link #CHANGED}. */
  private final int base;

  /** By byte; empty if it is as in the original. */
  private final int[] starts;

  private final int[] ends;
  private final int[] cuts;

  /** How many bytes may become of the original. */
  private final int most;

  private AlignedText(Rewriting made) {
    this.bytes = made.bytes;
    this.length = made.length;
    this.tracked = made.source.tracked;
    this.base = CHANGED;
    this.starts = made.starts;
    this.ends = made.ends;
    this.cuts = Arrays.copyOf(made.cuts, made.cutCount);
    this.most = made.source.most;
  }

  private AlignedText(byte[] bytes, int base, boolean tracked) {
    this.bytes = bytes;
    this.length = bytes.length;
    this.tracked = tracked;
    this.base = base;
    this.starts = NONE;
    this.ends = NONE;
    this.cuts = NONE;
    this.most = (int) Math.min(MOST_BYTES, MOST_ADDED + (long) MOST_GROWTH * length);
  }

  /**
   * A part of a text, as it is.
   *
   * @param tracked whether offsets in that text will be asked for
   */
  public static AlignedText of(byte[] text, int from, int to, boolean tracked) {
    return new AlignedText(Arrays.copyOfRange(text, from, to), from, tracked);
  }

  /** A part of it, without its cuts. */
  public AlignedText part(int from, int to) {
    Rewriting part = rewriting();
    part.copy(from, to);
    return part.done();
  }

  /** The text: the first {@link #length} bytes. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Where the pieces after the first begin, ascending. */
  int[] cuts() {
    return cuts;
  }

  /** Where what stands at a byte begins in the original; 0 if that is not tracked. */
  public int start(int at) {
    if (!tracked) {
      return 0;
    }
    return base == CHANGED ? starts[at] : base + at;
  }

  /** Where it ends there. */
  public int end(int at) {
    if (!tracked) {
      return 0;
    }
    return base == CHANGED ? ends[at] : base + at + 1;
  }

  /** What a splitter makes of it, each piece of it by itself. */
  public Splitter within(Splitter splitter) {
    return cuts.length == 0
        ? splitter
        : NestedSplitter.of(List.of(new CutSplitter(cuts), splitter));
  }

  /** Begins another text that is made from this one. */
  public Rewriting rewriting() {
    return new Rewriting(this);
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** Cuts where a text says. For one thread. */
  private static final class CutSplitter implements Splitter {
    private final int[] cuts;
    private int next;

    CutSplitter(int[] cuts) {
      this.cuts = cuts;
    }

    @Override
    public void begin() {
      next = 0;
    }

    @Override
    public int next(byte[] text, int from, int to) {
      while (next < cuts.length && cuts[next] <= from) {
        next++;
      }
      return next < cuts.length ? Math.min(to, cuts[next]) : to;
    }
  }

  /**
   * A text in the making: parts of the source as they are, and other bytes in their place. What
   * makes it longer than it may be throws FAILED_PRECONDITION.
   */
  public static final class Rewriting {
    private final AlignedText source;
    private byte[] bytes;
    private int[] starts;
    private int[] ends;
    private int[] cuts = new int[0];
    private int cutCount;
    private int length;

    private Rewriting(AlignedText source) {
      this.source = source;
      this.bytes = new byte[source.length + source.length / 4 + 16];
      this.starts = source.tracked ? new int[bytes.length] : NONE;
      this.ends = source.tracked ? new int[bytes.length] : NONE;
    }

    /** Appends a part of the source. */
    public void copy(int from, int to) {
      ensureRoom(to - from);
      System.arraycopy(source.bytes, from, bytes, length, to - from);
      if (source.tracked) {
        for (int at = from, place = length; at < to; at++, place++) {
          starts[place] = source.start(at);
          ends[place] = source.end(at);
        }
      }
      length += to - from;
    }

    /** Appends bytes that stand for a part of the source, which is not empty. */
    public void put(byte[] replacement, int from, int to) {
      ensureRoom(replacement.length);
      System.arraycopy(replacement, 0, bytes, length, replacement.length);
      if (source.tracked) {
        Arrays.fill(starts, length, length + replacement.length, source.start(from));
        Arrays.fill(ends, length, length + replacement.length, source.end(to - 1));
      }
      length += replacement.length;
    }

    /** Appends bytes that are not in the source: they lie where the character after them does. */
    public void insert(byte[] inserted, int before) {
      put(
          inserted,
          before,
          before + Utf8Classes.length(Utf8Classes.at(source.bytes, before, source.length)));
    }

    /** Appends bytes in place of a part of the source: they lie where its last character does. */
    void replace(byte[] replacement, int from, int to) {
      put(replacement, Characters.before(source.bytes, from, to), to);
    }

    /** What comes next is another piece. */
    public void cut() {
      if (length > 0 && (cutCount == 0 || cuts[cutCount - 1] < length)) {
        if (cutCount == cuts.length) {
          cuts = Arrays.copyOf(cuts, Math.max(16, 2 * cutCount));
        }
        cuts[cutCount++] = length;
      }
    }

    public AlignedText done() {
      return new AlignedText(this);
    }

    private void ensureRoom(int more) {
      if (more > source.most - length) {
        throw new WroughtException(
            ErrorCode.FAILED_PRECONDITION,
            "the normalizer makes more than %d bytes of the text; it may grow to %d times its length, and %d bytes besides: mend the tokenizer's file, or take another"
                .formatted(source.most, MOST_GROWTH, MOST_ADDED));
      }
      if (more > bytes.length - length) {
        long room = Math.max(length + more, bytes.length + (long) (bytes.length >> 1));
        int bounded = (int) Math.min(source.most, room);
        bytes = Arrays.copyOf(bytes, bounded);
        starts = source.tracked ? Arrays.copyOf(starts, bounded) : NONE;
        ends = source.tracked ? Arrays.copyOf(ends, bounded) : NONE;
      }
    }
  }
}
