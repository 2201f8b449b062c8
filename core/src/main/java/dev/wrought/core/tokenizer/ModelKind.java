package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.AlignedText;
import dev.wrought.core.text.Split;
import dev.wrought.core.text.Splitter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of models that can be learnt, and what words they are learnt from. */
public enum ModelKind {
  /** Byte-level BPE: pairs of neighbours merge, the most frequent first. */
  BPE {
    @Override
    Splitter splitter() {
      return Split.gpt2().splitter();
    }

    @Override
    byte[] prepared(byte[] text) {
      return text;
    }

    @Override
    int ownTokens() {
      return 0;
    }
  },

  /** Pieces with probabilities, of which the likeliest make up a text. */
  UNIGRAM {
    @Override
    Splitter splitter() {
      return UnigramTrainer.splitter();
    }

    @Override
    byte[] prepared(byte[] text) {
      AlignedText marked =
          UnigramTrainer.normalizer().apply(AlignedText.of(text, 0, text.length, false));
      return Arrays.copyOf(marked.bytes(), marked.length());
    }

    @Override
    int ownTokens() {
      return 1;
    }
  };

  /**
   * A kind by its name in requests; empty: BPE.
   *
   * @throws WroughtException INVALID_ARGUMENT, with the names that there are
   */
  public static ModelKind named(String name) {
    if (name.isEmpty()) {
      return BPE;
    }
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.INVALID_ARGUMENT,
                "no model '%s' can be learnt; there are %s"
                    .formatted(
                        name,
                        Arrays.stream(values())
                            .map(ModelKind::label)
                            .collect(Collectors.joining(", ")))));
  }

  /** Its name in requests. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks that a vocabulary has room for what this kind cannot do without.
   *
   * @throws WroughtException INVALID_ARGUMENT, with the least that is possible
   */
  public void check(VocabularySpec vocabulary) {
    if (vocabulary.mergesWanted() < ownTokens()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "a vocabulary of %d is not possible for %s: at least %d, of which %d stands for what is not known"
              .formatted(
                  vocabulary.size(),
                  label(),
                  vocabulary.size() - vocabulary.mergesWanted() + ownTokens(),
                  ownTokens()));
    }
  }

  /** How many tokens it has beside bytes, special ones and those that are learnt. */
  abstract int ownTokens();

  /** What cuts the words that it is learnt from. */
  abstract Splitter splitter();

  /** A text as its words are cut from it. */
  abstract byte[] prepared(byte[] text);
}
