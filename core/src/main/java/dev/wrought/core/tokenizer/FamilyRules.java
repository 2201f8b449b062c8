package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Normalizer;
import dev.wrought.core.text.Split;
import dev.wrought.core.tokenizer.PreTokenizer.Cut;
import java.util.Arrays;
import java.util.List;

/**
 * What a family of BPE does to text that its files in GGUF do not say.
 *
 * @param byteLevel whether tokens are bytes; else characters, spaces being marked
 * @param wholeWords a word that is a token becomes that, whatever the merges say
 * @param begin texts get the beginning of a sequence where the file does not say otherwise
 */
record FamilyRules(
    Normalizer normalizer,
    List<PreTokenizer> preTokenizers,
    boolean byteLevel,
    boolean wholeWords,
    boolean begin) {
  FamilyRules {
    preTokenizers = List.copyOf(preTokenizers);
  }

  /** Bytes of text that is cut by these steps. */
  static FamilyRules bytes(PreTokenizer... steps) {
    return new FamilyRules(Normalizer.NONE, List.of(steps), true, false, false);
  }

  /** Bytes of text that is cut by these rules. */
  static FamilyRules bytes(Split... splits) {
    return bytes(Arrays.stream(splits).map(Cut::new).toArray(PreTokenizer[]::new));
  }

  /** Characters of text that is not cut; its spaces are marked. */
  static FamilyRules marked() {
    return new FamilyRules(SentencePieceText.MARKED, List.of(), false, false, false);
  }

  /** The same for text whose characters are composed first: Unicode's form NFC. */
  FamilyRules composed() {
    Normalizer form = new Normalizer.Form(java.text.Normalizer.Form.NFC);
    return new FamilyRules(form, preTokenizers, byteLevel, wholeWords, begin);
  }

  FamilyRules withWholeWords() {
    return new FamilyRules(normalizer, preTokenizers, byteLevel, true, begin);
  }

  FamilyRules withBegin() {
    return new FamilyRules(normalizer, preTokenizers, byteLevel, wholeWords, true);
  }

  /** Whether a tokenizer of bytes does the same to text. */
  boolean isSame(Normalizer other, List<PreTokenizer> steps, boolean words) {
    return byteLevel
        && wholeWords == words
        && preTokenizers.equals(steps)
        && (normalizer.equals(other) || (normalizer.isNone() && other.isNone()));
  }
}
