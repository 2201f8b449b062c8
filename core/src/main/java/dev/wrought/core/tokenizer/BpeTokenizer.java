package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Byte-level BPE with GPT-2's splitting rules. Lossless on any bytes.
 *
 * <p>Each call borrows an encoder with its memory of words; as many as there are processors are
 * kept, so that many virtual threads do not keep many caches.
 */
public final class BpeTokenizer implements Tokenizer {
  private final BpeVocabulary vocabulary;
  private final String digest;
  private final MergeTable merges;
  private final int[] byteIds;
  private final WholeWords wholeWords;
  private final List<SpecialToken> specialTokens;
  private final boolean hasPlainAdded;
  private final SpecialTokenSearch plainAdded;
  private final SpecialTokenSearch allAdded;
  private final BlockingQueue<BpeEncoder> idle =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  BpeTokenizer(BpeVocabulary vocabulary, String digest) {
    this.vocabulary = vocabulary;
    this.digest = digest;
    this.merges = vocabulary.mergeTable();
    this.byteIds = vocabulary.byteIds();
    this.wholeWords = vocabulary.wholeWords();
    List<AddedToken> added = vocabulary.added();
    List<AddedToken> plain = added.stream().filter(token -> !token.special()).toList();
    this.specialTokens =
        added.stream()
            .filter(AddedToken::special)
            .map(token -> new SpecialToken(token.id(), token.content()))
            .sorted(Comparator.comparingInt(SpecialToken::id))
            .toList();
    this.hasPlainAdded = !plain.isEmpty();
    this.plainAdded = new SpecialTokenSearch(plain);
    this.allAdded = new SpecialTokenSearch(added);
  }

  BpeVocabulary vocabulary() {
    return vocabulary;
  }

  /** How many merges it knows. */
  public int merges() {
    return vocabulary.merges();
  }

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public int[] encode(byte[] utf8) {
    BpeEncoder encoder = borrow();
    if (hasPlainAdded) {
      plainAdded.encode(utf8, encoder);
    } else {
      encoder.add(utf8, 0, utf8.length);
    }
    return giveBack(encoder);
  }

  @Override
  public int[] encode(String text) {
    return encode(Utf8.bytesOf(text));
  }

  @Override
  public int[] encodeWithSpecial(String text) {
    return encodeWithSpecial(Utf8.bytesOf(text));
  }

  @Override
  public int[] encodeWithSpecial(byte[] utf8) {
    BpeEncoder encoder = borrow();
    allAdded.encode(utf8, encoder);
    return giveBack(encoder);
  }

  @Override
  public byte[] bytesOf(int id) {
    return token(id).clone();
  }

  @Override
  public byte[] decode(int[] ids) {
    int length = 0;
    for (int id : ids) {
      length = Math.addExact(length, token(id).length);
    }
    byte[] decoded = new byte[length];
    int at = 0;
    for (int id : ids) {
      byte[] token = token(id);
      System.arraycopy(token, 0, decoded, at, token.length);
      at += token.length;
    }
    return decoded;
  }

  @Override
  public OptionalInt specialId(String content) {
    return specialTokens.stream()
        .filter(token -> token.content().equals(content))
        .mapToInt(SpecialToken::id)
        .findFirst();
  }

  @Override
  public int endOfTextId() {
    return specialId(SpecialTokens.END_OF_TEXT)
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.FAILED_PRECONDITION,
                "the tokenizer has no " + SpecialTokens.END_OF_TEXT + " to end documents with"));
  }

  @Override
  public List<SpecialToken> specialTokens() {
    return specialTokens;
  }

  @Override
  public String digest() {
    return digest;
  }

  private byte[] token(int id) {
    if (id < 0 || id >= vocabulary.size()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "token id %d does not exist: ids are 0 to %d".formatted(id, vocabulary.size() - 1));
    }
    return vocabulary.token(id);
  }

  private BpeEncoder borrow() {
    BpeEncoder encoder = idle.poll();
    return encoder == null
        ? new BpeEncoder(
            vocabulary.rules().splitting().splitter(), new WordMerger(merges, byteIds, wholeWords))
        : encoder;
  }

  /** Keeps the encoder if there is room. @return what it has encoded */
  private int[] giveBack(BpeEncoder encoder) {
    int[] ids = encoder.take();
    idle.offer(encoder);
    return ids;
  }
}
