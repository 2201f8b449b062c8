package dev.wrought.serving.generation;

import java.util.List;
import java.util.Optional;

/**
 * A bit of a generation's result.
 *
 * @param text complete characters
 * @param ids the tokens that complete this text
 * @param end in the last piece only
 */
public record Piece(String text, List<Integer> ids, Optional<Ending> end) {
  public Piece {
    ids = List.copyOf(ids);
  }

  /** Why a text ended, and what it took. */
  public record Ending(
      Reason reason,
      int promptTokens,
      int completionTokens,
      double promptSeconds,
      double completionSeconds) {}

  /** Why a text ended. */
  public enum Reason {
    /** The model ended it, or a stop string appeared. */
    STOP,
    /** As many tokens as were asked for, or as fit in the model's context. */
    LENGTH
  }
}
