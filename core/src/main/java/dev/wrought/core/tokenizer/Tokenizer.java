package dev.wrought.core.tokenizer;

import java.util.List;
import java.util.OptionalInt;

/**
 * Text to token ids and back. Every id stands for a sequence of bytes, and decoding what was
 * encoded gives exactly the bytes again, whatever they are.
 *
 * <p>Thread-safe: one tokenizer serves the whole process.
 */
public interface Tokenizer {
  /** Number of ids; they are 0 to this, exclusive, without gaps. */
  int vocabularySize();

  /** The ids of these bytes; what looks like a special token in them is plain text. */
  int[] encode(byte[] utf8);

  /**
   * The ids of this text; what looks like a special token in it is plain text.
   *
   * @throws dev.wrought.core.error.WroughtException INVALID_ARGUMENT for a lone surrogate, with its
   *     offset: it has no UTF-8 form
   */
  int[] encode(String text);

  /** Like {@link #encode(String)}, but special tokens written in the text become their ids. */
  int[] encodeWithSpecial(String text);

  /** Like {@link #encode(byte[])}, but special tokens written in the text become their ids. */
  int[] encodeWithSpecial(byte[] utf8);

  /**
   * The bytes of one token: for a special one, its name in UTF-8.
   *
   * @throws dev.wrought.core.error.WroughtException INVALID_ARGUMENT for an id that does not exist
   */
  byte[] bytesOf(int id);

  /** The bytes of these tokens, one after the other. They may end within a UTF-8 character. */
  byte[] decode(int[] ids);

  /** The id of the special token with exactly this name. */
  OptionalInt specialId(String content);

  /**
   * The id that ends every document.
   *
   * @throws dev.wrought.core.error.WroughtException FAILED_PRECONDITION where there is none
   */
  int endOfTextId();

  /** All special tokens, by id. */
  List<SpecialToken> specialTokens();

  /** SHA-256 of its {@code tokenizer.json}, in hex. */
  String digest();
}
