package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes a file's merges one by one, in the order of their ranks. Of each it keeps the bytes of its
 * two tokens, and there is a bound to their number, so that no file takes much more memory than it
 * has. For one thread.
 */
final class MergeReader {
  private static final int USUAL_BYTES = 8;
  private static final int FEWEST = 64;

  /** The tokens of all merges, one after the other. */
  private byte[] texts;

  /** Of each merge where its left token ends, and where its right one does. */
  private int[] ends;

  private int size;

  /** One that has room for about so many. */
  MergeReader(int expected) {
    int room = Math.clamp(expected, FEWEST, MergeList.MOST_MERGES);
    this.texts = new byte[room * USUAL_BYTES];
    this.ends = new int[2 * room];
  }

  /**
   * A merge as "a b".
   *
   * @throws WroughtException CORRUPT_FILE for other than two tokens, and for one too many
   */
  void add(String merge) {
    add(TokenList.utf8(merge));
  }

  /** Like {@link #add(String)}. @param merge in UTF-8 */
  void add(byte[] merge) {
    int space = spaceAfter(merge, -1);
    if (space == merge.length || spaceAfter(merge, space) < merge.length) {
      throw damaged(
          "merge %d is '%s', not two tokens".formatted(size, written(merge, 0, merge.length)));
    }
    int start = end();
    append(2 * size, start, merge, 0, space);
    append(2 * size + 1, start + space, merge, space + 1, merge.length);
    count();
  }

  /**
   * A merge by its tokens.
   *
   * @throws WroughtException CORRUPT_FILE for one too many
   */
  void add(String left, String right) {
    byte[] first = TokenList.utf8(left);
    byte[] second = TokenList.utf8(right);
    int start = end();
    append(2 * size, start, first, 0, first.length);
    append(2 * size + 1, start + first.length, second, 0, second.length);
    count();
  }

  /** How many there are so far. */
  int size() {
    return size;
  }

  /**
   * The merges by ids.
   *
   * @throws WroughtException CORRUPT_FILE for one of or into what does not exist
   */
  MergeList of(TokenList tokens) {
    MergeList merges = new MergeList(size);
    for (int rank = 0; rank < size; rank++) {
      int from = start(rank);
      int cut = ends[2 * rank];
      int to = ends[2 * rank + 1];
      merges.add(
          rank, id(tokens, rank, from, cut), id(tokens, rank, cut, to), id(tokens, rank, from, to));
    }
    return merges;
  }

  private int id(TokenList tokens, int rank, int from, int to) {
    int id = tokens.find(texts, from, to);
    if (id == TokenList.NONE) {
      throw damaged(
          "merge %d, '%s' and '%s', needs the token '%s', which does not exist"
              .formatted(
                  rank,
                  written(texts, start(rank), ends[2 * rank]),
                  written(texts, ends[2 * rank], ends[2 * rank + 1]),
                  written(texts, from, to)));
    }
    return id;
  }

  private int start(int merge) {
    return merge == 0 ? 0 : ends[2 * merge - 1];
  }

  private int end() {
    return start(size);
  }

  /** Appends one token of the merge that is added. */
  private void append(int token, int at, byte[] text, int from, int to) {
    int end = Math.addExact(at, to - from);
    if (end > texts.length) {
      texts = Arrays.copyOf(texts, Math.max(end, 2 * texts.length));
    }
    if (token >= ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    System.arraycopy(text, from, texts, at, to - from);
    ends[token] = end;
  }

  private void count() {
    MergeList.checkCount(++size);
  }

  /** Where the next space is; the length if there is none. */
  private static int spaceAfter(byte[] merge, int before) {
    int at = before + 1;
    while (at < merge.length && merge[at] != ' ') {
      at++;
    }
    return at;
  }

  private static String written(byte[] utf8, int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }
}
