package dev.wrought.core.tokenizer;

import java.util.BitSet;

/**
 * Merges the bytes of words without waiting for all merges of a large vocabulary: of the first
 * words it derives those that they need, and all of them once there are many words or long ones. To
 * derive all takes several times as long as to read the vocabulary.
 *
 * <p>What a word is merged to is always a part of it, so its merges are those that make the tokens
 * that it contains; this holds where every byte has a token. For one thread.
 */
final class FirstWords implements WordModel {
  /** Parts of words that are looked up; that takes a tenth of what deriving all merges takes. */
  private static final int MOST_PARTS = 1 << 18;

  private static final int MOST_MERGES = 1 << 13;

  private final TokenList tokens;
  private final ReachedMerges merges;
  private final InitialTokens initial;
  private final WholeWords wholeWords;
  private final BitSet added = new BitSet();
  private final MergeTable few = new MergeTable(MOST_MERGES);
  private WordMerger merger;
  private long parts;
  private int known;
  private boolean all;

  /**
   * @param tokens written in the {@link ByteAlphabet}
   */
  FirstWords(TokenList tokens, ReachedMerges merges, InitialTokens initial, WholeWords wholeWords) {
    this.tokens = tokens;
    this.merges = merges;
    this.initial = initial;
    this.wholeWords = wholeWords;
    this.merger = new WordMerger(few, initial, wholeWords);
  }

  @Override
  public int[] ids() {
    return merger.ids();
  }

  @Override
  public int[] ends() {
    return merger.ends();
  }

  @Override
  public int encode(byte[] text, int from, int to) {
    if (!all && wholeWords.find(text, from, to) == TokenList.NONE) {
      learn(text, from, to);
    }
    return merger.encode(text, from, to);
  }

  private void learn(byte[] text, int from, int to) {
    long most = 2L * (to - from);
    parts += most * (most + 1) / 2;
    all = parts > MOST_PARTS || !addMergesOf(text, from, to);
    if (all) {
      // What merging makes of every token needs not be looked up.
      WholeWords whole = merges.areAllReached() ? new WholeWords() : wholeWords;
      merger = new WordMerger(merges.table(), initial, whole);
    }
  }

  /** Whether there was room for them. */
  private boolean addMergesOf(byte[] text, int from, int to) {
    byte[] word = new byte[2 * (to - from)];
    int length = ByteAlphabet.write(text, from, to, word);
    for (int start = 0; start < length; start++) {
      for (int end = start + 1; end <= length; end++) {
        int token = tokens.find(word, start, end);
        if (token != TokenList.NONE && !added.get(token)) {
          if (known + end - start > MOST_MERGES) {
            return false;
          }
          added.set(token);
          known += merges.addTo(few, token);
        }
      }
    }
    return true;
  }
}
