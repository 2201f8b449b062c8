package dev.wrought.core.tokenizer;

import dev.wrought.core.text.AlignedText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens outside a model, and how text is divided by them: first by those that are looked for
 * in the text as it is, then, after the normalizer, by those that are looked for in that. Immutable
 * and thread-safe.
 */
final class AddedTokens {
  private final TextPreparation preparation;
  private final AddedTokenSearch raw;
  private final AddedTokenSearch normalized;

  AddedTokens(List<AddedToken> tokens, TextPreparation preparation) {
    this.preparation = preparation;
    this.raw =
        new AddedTokenSearch(
            tokens.stream().filter(token -> !token.rules().normalized()).toList(), this::content);
    this.normalized =
        new AddedTokenSearch(
            tokens.stream().filter(token -> token.rules().normalized()).toList(),
            token -> normalized(content(token)));
  }

  /** Takes what a text is made of, in order. */
  interface Parts {
    /** An added token. @param from its place in the original text */
    void token(int id, int from, int to);

    /** Text that is to be encoded, and that the normalizer has seen. */
    void normalized(AlignedText text, boolean first);

    /** Text that is to be encoded as it is in the original. */
    default void unchanged(int from, int to) {
      throw new IllegalStateException("text without offsets where they are wanted");
    }
  }

  /** Whether it divides no text. */
  boolean isEmpty() {
    return raw.isEmpty() && normalized.isEmpty();
  }

  /**
   * Divides a text.
   *
   * @param tracked whether all plain text comes with offsets
   */
  void divide(byte[] text, boolean tracked, Parts parts) {
    raw.divide(
        text,
        0,
        text.length,
        new AddedTokenSearch.Parts() {
          @Override
          public void plain(int from, int to) {
            if (tracked || preparation.changesText() || !normalized.isEmpty()) {
              AlignedText part = AlignedText.of(text, from, to, tracked);
              divideNormalized(preparation.normalized(part), from == 0, parts);
            } else {
              parts.unchanged(from, to);
            }
          }

          @Override
          public void token(int id, int from, int to) {
            parts.token(id, from, to);
          }
        });
  }

  private void divideNormalized(AlignedText text, boolean first, Parts parts) {
    if (normalized.isEmpty()) {
      parts.normalized(text, first);
      return;
    }
    normalized.divide(
        text.bytes(),
        0,
        text.length(),
        new AddedTokenSearch.Parts() {
          @Override
          public void plain(int from, int to) {
            parts.normalized(text.part(from, to), first && from == 0);
          }

          @Override
          public void token(int id, int from, int to) {
            parts.token(id, text.start(from), text.end(to - 1));
          }
        });
  }

  private byte[] content(AddedToken token) {
    return token.content().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] normalized(byte[] content) {
    AlignedText text =
        preparation.normalizedToken(AlignedText.of(content, 0, content.length, false));
    return Arrays.copyOf(text.bytes(), text.length());
  }
}
