package dev.wrought.torch.transformer;

import ai.djl.ndarray.NDArray;

/**
 * The shape of what the model looks at.
 *
 * @param sequences B
 * @param length T
 * @param mask what is added to attention's scores, in the computation's format: 0 where a token may
 *     look and -infinity elsewhere; [T,1,T] for all sequences alike, or [B,1,T,1,T]
 */
record Window(int sequences, int length, NDArray mask) {

  int tokens() {
    return sequences * length;
  }
}
