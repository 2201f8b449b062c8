package dev.wrought.serving.scoring;

/**
 * Tokens, and those that are scored behind them.
 *
 * @param context at least one token
 * @param continuation at least one token
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record Item(int[] context, int[] continuation) {
  public Item {
    if (context.length == 0 || continuation.length == 0) {
      throw new IllegalArgumentException(
          "%d tokens of context, %d of continuation"
              .formatted(context.length, continuation.length));
    }
  }

  /** All tokens but the last, which is only predicted. */
  int computed() {
    return context.length + continuation.length - 1;
  }

  int token(int place) {
    return place < context.length ? context[place] : continuation[place - context.length];
  }
}
