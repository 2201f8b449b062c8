package dev.wrought.eval.store;

import java.util.Optional;

/**
 * How far a reader has seen a store's feed. As text it is an opaque cursor: {@code
 * 0b54...-e1.1742}.
 *
 * @param store which store: another one after it was deleted and filled again
 * @param number the highest feed number seen; 0: nothing so far
 */
public record FeedPosition(String store, long number) {
  /** The position that a text stands for; empty for a text that is none. */
  public static Optional<FeedPosition> parse(String text) {
    int dot = text.lastIndexOf('.');
    String digits = text.substring(dot + 1);
    return dot < 1 || digits.length() > 18 || !digits.matches("[0-9]+")
        ? Optional.empty()
        : Optional.of(new FeedPosition(text.substring(0, dot), Long.parseLong(digits)));
  }

  /** Whether a reader who was there can read on in a store that is here. */
  public boolean isBefore(FeedPosition here) {
    return store.equals(here.store) && number <= here.number;
  }

  FeedPosition at(long other) {
    return new FeedPosition(store, other);
  }

  @Override
  public String toString() {
    return store + "." + number;
  }
}
