package dev.wrought.serving.sampling;

import java.util.Arrays;

/**
 * The likeliest of the tokens that it was offered, at most as many as its capacity: a heap whose
 * root is the least likely one kept. Of equals, the lower id ranks higher.
 */
final class RankedTokens {
  private final long[] heap;
  private int size;

  RankedTokens(int capacity) {
    heap = new long[capacity];
  }

  void offer(int id, float logit) {
    long key = key(id, logit);
    if (size < heap.length) {
      siftUp(size++, key);
    } else if (key > heap[0]) {
      siftDown(key);
    }
  }

  /** The ids kept, the likeliest first. */
  int[] descending() {
    long[] sorted = Arrays.copyOf(heap, size);
    Arrays.sort(sorted);
    int[] ids = new int[size];
    for (int i = 0; i < size; i++) {
      ids[i] = ~(int) sorted[size - 1 - i];
    }
    return ids;
  }

  /** Orders as the logit, then against the id. */
  private static long key(int id, float logit) {
    int bits = Float.floatToIntBits(logit);
    int ordered = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    return (long) ordered << 32 | ~id & 0xffff_ffffL;
  }

  private void siftUp(int from, long key) {
    int place = from;
    while (place > 0 && heap[(place - 1) / 2] > key) {
      heap[place] = heap[(place - 1) / 2];
      place = (place - 1) / 2;
    }
    heap[place] = key;
  }

  private void siftDown(long key) {
    int place = 0;
    for (int child = 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= key) {
        break;
      }
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = key;
  }
}
