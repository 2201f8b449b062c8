package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.AlignedText;
import dev.wrought.core.text.Utf8;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Text to token ids and back. Of byte-level models, and of those whose unknown characters become
 * bytes, decoding what was encoded gives the bytes again, whatever they are, unless the tokenizer
 * normalizes.
 *
 * <p>Thread-safe: one tokenizer serves the whole process. Each call borrows an encoder with its
 * memory of words; as many as there are processors are kept, so that many virtual threads do not
 * keep many caches.
 */
public final class Tokenizer {
  private final TokenizerParts parts;
  private final Supplier<String> computedDigest;
  private final Vocabulary vocabulary;
  private final TextPreparation preparation;
  private final Supplier<WordModel> wordModels;
  private final List<SpecialToken> specialTokens;
  private final BitSet specialIds = new BitSet();
  private final BitSet addedIds = new BitSet();
  private final AddedTokens plainAdded;
  private final AddedTokens allAdded;
  private final IdleEncoders idle = new IdleEncoders();

  /** Once it is known: nobody needs it to encode. */
  private volatile @Nullable String digest;

  /** One that was read from a part of a file: its digest is that of the tokenizer.json it makes. */
  Tokenizer(TokenizerParts parts) {
    this(parts, () -> TokenizerJson.digest(parts));
  }

  /**
   * @param digest of the file that it was read from, SHA-256 in hex; computed when it is asked for
   */
  Tokenizer(TokenizerParts parts, Supplier<String> digest) {
    this.parts = parts;
    this.computedDigest = digest;
    this.vocabulary = parts.vocabulary();
    this.preparation = new TextPreparation(parts);
    this.wordModels = parts.model().wordModels();
    this.specialTokens =
        parts.added().stream()
            .filter(AddedToken::special)
            .map(AddedToken::asSpecial)
            .sorted(Comparator.comparingInt(SpecialToken::id))
            .toList();
    specialTokens.forEach(token -> specialIds.set(token.id()));
    parts.added().forEach(token -> addedIds.set(token.id()));
    this.plainAdded =
        new AddedTokens(
            parts.added().stream().filter(token -> !token.special()).toList(), preparation);
    this.allAdded = new AddedTokens(parts.added(), preparation);
  }

  TokenizerParts parts() {
    return parts;
  }

  /** Number of ids; they are 0 to this, exclusive, without gaps. */
  public int vocabularySize() {
    return vocabulary.size();
  }

  /** The kind of its model: bpe, unigram. */
  public String model() {
    return parts.model().name();
  }

  /** How many merges it knows; 0 where the model has none. */
  public int merges() {
    return parts.model().merges();
  }

  /** The ids of these bytes; what looks like a special token in them is plain text. */
  public int[] encode(byte[] utf8) {
    return encode(utf8, plainAdded);
  }

  /**
   * The ids of a document to train on: like {@link #encode(byte[])}, and {@link #endOfTextId}
   * behind them.
   *
   * @throws WroughtException FAILED_PRECONDITION where there is no such token
   */
  public int[] encodeDocument(byte[] utf8) {
    int end = endOfTextId();
    TextEncoder encoder = borrow();
    encode(utf8, plainAdded, encoder);
    encoder.add(end);
    return taken(encoder);
  }

  /**
   * The ids of this text; what looks like a special token in it is plain text.
   *
   * @throws WroughtException INVALID_ARGUMENT for a lone surrogate, with its offset: it has no
   *     UTF-8 form
   */
  public int[] encode(String text) {
    return encode(Utf8.bytesOf(text));
  }

  /** Like {@link #encode(String)}, but special tokens written in the text become their ids. */
  public int[] encodeWithSpecial(String text) {
    return encodeWithSpecial(Utf8.bytesOf(text));
  }

  /** Like {@link #encode(byte[])}, but special tokens written in the text become their ids. */
  public int[] encodeWithSpecial(byte[] utf8) {
    return encode(utf8, allAdded);
  }

  /** The ids of these bytes, as the options say. */
  public int[] encode(byte[] utf8, EncodingOptions options) {
    int[] text = options.allowSpecial() ? encodeWithSpecial(utf8) : encode(utf8);
    Ends ends = new Ends(parts.template(), options);
    return ends.isNone(text.length) ? text : ends.around(text);
  }

  /** The ids of these bytes and where they come from, as the options say. */
  public Encoding encodeWithOffsets(byte[] utf8, EncodingOptions options) {
    TextEncoder borrowed = borrow();
    OffsetEncoder encoder = borrowed.withOffsets();
    AddedTokens added = options.allowSpecial() ? allAdded : plainAdded;
    added.divide(
        utf8,
        true,
        new AddedTokens.Parts() {
          @Override
          public void token(int id, int from, int to) {
            encoder.add(id, from, to);
          }

          @Override
          public void normalized(AlignedText text, boolean first) {
            encoder.add(preparation.changed(text, first));
          }
        });
    idle.offer(borrowed);
    Encoding text = parts.template().trimmed().of(encoder.encoding(), vocabulary, addedIds, utf8);
    return new Ends(parts.template(), options).around(text, utf8.length);
  }

  /**
   * The bytes of one token: for a special one, its name in UTF-8.
   *
   * @throws WroughtException INVALID_ARGUMENT for an id that does not exist
   */
  public byte[] bytesOf(int id) {
    return token(id).clone();
  }

  /** The bytes of these tokens, one after the other. They may end within a UTF-8 character. */
  public byte[] decode(int[] ids) {
    return decode(ids, false);
  }

  /**
   * The bytes of these tokens, one after the other.
   *
   * @param skipSpecial whether special ones are left out
   */
  public byte[] decode(int[] ids, boolean skipSpecial) {
    Decoder decoder = decoder(skipSpecial);
    int length = 0;
    byte[][] tokens = new byte[ids.length][];
    for (int i = 0; i < ids.length; i++) {
      tokens[i] = decoder.next(ids[i]);
      length = Math.addExact(length, tokens[i].length);
    }
    byte[] decoded = new byte[length];
    int at = 0;
    for (byte[] token : tokens) {
      System.arraycopy(token, 0, decoded, at, token.length);
      at += token.length;
    }
    return decoded;
  }

  /** Decodes token by token. @param skipSpecial whether special ones are left out */
  public Decoder decoder(boolean skipSpecial) {
    BitSet skipped = skipSpecial ? specialIds : new BitSet();
    return new Decoder(this::token, skipped, parts.decoding().dropFirstSpace());
  }

  /** As the file writes a token: with spaces and bytes as its kind of vocabulary has them. */
  public String writtenForm(int id) {
    token(id);
    return vocabulary.written(id);
  }

  /** The id of the special token with exactly this name. */
  public OptionalInt specialId(String content) {
    return specialTokens.stream()
        .filter(token -> token.content().equals(content))
        .mapToInt(SpecialToken::id)
        .findFirst();
  }

  /**
   * The id that ends every document.
   *
   * @throws WroughtException FAILED_PRECONDITION where there is none
   */
  public int endOfTextId() {
    return parts
        .roles()
        .end()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.FAILED_PRECONDITION,
                "the tokenizer has no special token, such as "
                    + SpecialTokens.END_OF_TEXT
                    + ", to end documents with"));
  }

  /** All special tokens, by id. */
  public List<SpecialToken> specialTokens() {
    return specialTokens;
  }

  /** Whether a token is one of them. */
  public boolean isSpecial(int id) {
    return id >= 0 && specialIds.get(id);
  }

  /** All tokens outside the model, special or not, in the order of its file. */
  public List<AddedToken> addedTokens() {
    return parts.added();
  }

  /** Which tokens begin and end texts, fill them up, and stand for what is not known. */
  public Roles roles() {
    return parts.roles();
  }

  /** What {@link EncodingOptions#addSpecial} puts at the ends of a text. */
  public Template template() {
    return parts.template();
  }

  /** SHA-256 of its file, in hex. */
  public String digest() {
    String known = digest;
    if (known == null) {
      known = computedDigest.get();
      digest = known;
    }
    return known;
  }

  private int[] encode(byte[] utf8, AddedTokens added) {
    TextEncoder encoder = borrow();
    encode(utf8, added, encoder);
    return taken(encoder);
  }

  private void encode(byte[] utf8, AddedTokens added, TextEncoder encoder) {
    if (added.isEmpty() && !preparation.changesText()) {
      encoder.add(utf8, 0, utf8.length);
    } else {
      encodeParts(utf8, added, encoder);
    }
  }

  /** Gives a borrowed encoder back. */
  private int[] taken(TextEncoder encoder) {
    int[] ids = encoder.take();
    idle.offer(encoder);
    return ids;
  }

  private void encodeParts(byte[] utf8, AddedTokens added, TextEncoder encoder) {
    added.divide(
        utf8,
        false,
        new AddedTokens.Parts() {
          @Override
          public void token(int id, int from, int to) {
            encoder.add(id);
          }

          @Override
          public void unchanged(int from, int to) {
            encoder.add(utf8, from, to);
          }

          @Override
          public void normalized(AlignedText text, boolean first) {
            encoder.add(preparation.changed(text, first));
          }
        });
  }

  private byte[] token(int id) {
    if (id < 0 || id >= vocabulary.size()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "token id %d does not exist: ids are 0 to %d".formatted(id, vocabulary.size() - 1));
    }
    return vocabulary.bytes(id);
  }

  private TextEncoder borrow() {
    return idle.poll().orElseGet(() -> new TextEncoder(preparation.splitter(), wordModels.get()));
  }
}
