package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.Split;
import dev.wrought.core.text.Utf8;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a vocabulary that is to be learnt consists of. Its ids: the 256 bytes as in GPT-2, the
 * merged tokens in the order they were learnt, unused special tokens that pad it, the caller's
 * reserved ones, and {@link SpecialTokens#reserved()}.
 *
 * @param size ids at most before padding, special tokens included
 * @param reserved names of special tokens beside those that are always reserved
 * @param padToMultiple the number of ids becomes a multiple of this, which matrices are multiplied
 *     faster with; 1: it stays as it is
 */
public record VocabularySpec(int size, List<String> reserved, int padToMultiple) {
  private static final int MOST_RESERVED = 10_000;
  private static final int LONGEST_NAME = 256;
  private static final int LARGEST_MULTIPLE = 1 << 16;
  private static final Pattern UNUSED = Pattern.compile("<\\|unused_[0-9]+\\|>");

  /**
   * Checks a wish for a vocabulary before any work is done for it.
   *
   * @throws WroughtException INVALID_ARGUMENT, with what is allowed
   */
  public VocabularySpec {
    reserved = List.copyOf(reserved);
    checkNames(reserved);
    if (padToMultiple < 1 || padToMultiple > LARGEST_MULTIPLE) {
      throw invalid(
          "a vocabulary cannot be padded to a multiple of %d: 1 to %d are possible; 64 is usual"
              .formatted(padToMultiple, LARGEST_MULTIPLE));
    }
    int least = leastSize(reserved.size());
    if (size < least || roundedUp(size, padToMultiple) > TokenList.MOST_TOKENS) {
      throw invalid(
          "a vocabulary of %d is not possible: at least %d (256 bytes and %d special tokens), at most %d"
              .formatted(size, least, least - ByteAlphabet.SIZE, TokenList.MOST_TOKENS));
    }
  }

  /** A vocabulary without further reserved tokens, not padded. */
  public static VocabularySpec of(int size) {
    return new VocabularySpec(size, List.of(), 1);
  }

  /** How many merges are wanted: as many as there are ids for. */
  public int mergesWanted() {
    return size - leastSize(reserved.size());
  }

  /** The special tokens of a vocabulary with so many merges, in the order of their ids. */
  List<String> specialTokens(int merges) {
    int needed = leastSize(reserved.size()) + merges;
    List<String> names = new ArrayList<>();
    for (int unused = 0; needed + unused < roundedUp(needed, padToMultiple); unused++) {
      names.add("<|unused_" + unused + "|>");
    }
    names.addAll(reserved);
    names.addAll(SpecialTokens.reserved());
    return names;
  }

  static int leastSize(int reserved) {
    return ByteAlphabet.SIZE + SpecialTokens.reserved().size() + reserved;
  }

  private static long roundedUp(int size, int multiple) {
    return Math.ceilDiv((long) size, multiple) * multiple;
  }

  private static void checkNames(List<String> names) {
    if (names.size() > MOST_RESERVED) {
      throw invalid(
          "%d tokens are to be reserved; at most %d are possible"
              .formatted(names.size(), MOST_RESERVED));
    }
    Set<String> taken = new HashSet<>(SpecialTokens.reserved());
    for (String name : names) {
      if (name.isBlank() || Utf8.bytesOf(name).length > LONGEST_NAME) {
        throw invalid(
            "'%s' cannot be reserved: a token's name has 1 to %d bytes, and is not blank"
                .formatted(name, LONGEST_NAME));
      }
      if (!taken.add(name)) {
        throw invalid("'%s' is reserved twice, or always is: leave it out".formatted(name));
      }
      if (UNUSED.matcher(name).matches()) {
        throw invalid("'%s' cannot be reserved: padding is called so".formatted(name));
      }
      if (mayBeLearnt(name)) {
        throw invalid(
            "'%s' cannot be reserved: text may teach a token that is written so; choose a name of several words, as in '<|%s|>'"
                .formatted(name, name));
      }
    }
  }

  /**
   * Whether a merged token may be written like this in the file, where each name stands once: if
   * the bytes so written are within one word.
   */
  private static boolean mayBeLearnt(String name) {
    return ByteAlphabet.read(name)
        .filter(bytes -> Split.gpt2().splitter().next(bytes, 0, bytes.length) == bytes.length)
        .isPresent();
  }

  private static WroughtException invalid(String message) {
    return new WroughtException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
