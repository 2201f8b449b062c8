package dev.wrought.eval.benchmark;

/**
 * Tokens to be scored, and those before them.
 *
 * @param context at least one token
 * @param continuation at least one token
 */
@SuppressWarnings("ArrayRecordComponent") // Made in masses, never compared.
public record Window(int[] context, int[] continuation) {
  int tokens() {
    return context.length + continuation.length;
  }
}
