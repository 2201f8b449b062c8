package dev.wrought.tokenizer.corpus;

import java.util.Optional;
import java.util.function.Function;

/**
 * What became of a document.
 *
 * @param bytes it had before the filters
 * @param result of what was done with it; empty if it was left out
 * @param dropReason why, if it was; else empty
 */
public record Outcome<R>(String path, long bytes, Optional<R> result, String dropReason) {
  static <R> Outcome<R> kept(String path, long bytes, R result) {
    return new Outcome<>(path, bytes, Optional.of(result), "");
  }

  static <R> Outcome<R> dropped(String path, long bytes, String reason) {
    return new Outcome<>(path, bytes, Optional.empty(), reason);
  }

  <S> Outcome<S> map(Function<R, S> work) {
    return new Outcome<>(path, bytes, result.map(work), dropReason);
  }
}
