package dev.wrought.torch.optim;

import dev.wrought.torch.transformer.Part;

/**
 * One of several equal shares of work.
 *
 * @param index from 0
 * @param count how many there are
 */
public record Share(int index, int count) {

  public Share {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException("share %d of %d".formatted(index, count));
    }
  }

  /** The share of so many numbers. */
  public Part of(long size) {
    return new Part(size * index / count, size * (index + 1) / count);
  }
}
