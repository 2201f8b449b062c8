package dev.wrought.eval.benchmark;

/**
 * Counts by key in two flat arrays: open addressing with linear probing, at most half full. 24
 * bytes an entry at worst, where a {@code HashMap} takes 80. Not thread-safe.
 */
final class LongIntMap {
  private static final int SMALLEST = 16;

  /** A key plus 1; 0 is an empty place. */
  private long[] places = new long[SMALLEST];

  private int[] counts = new int[SMALLEST];
  private int size;

  /** What to do with each entry. */
  interface Visitor {
    void visit(long key, int count);
  }

  /** Adds to a key's count. @param key at least 0 */
  void add(long key, int amount) {
    int place = placeOf(key);
    if (places[place] == 0) {
      places[place] = key + 1;
      size++;
    }
    counts[place] = Math.addExact(counts[place], amount);
    if (size * 2 > places.length) {
      grow();
    }
  }

  /** A key's count; 0 where there is none. */
  int get(long key) {
    return counts[placeOf(key)];
  }

  int size() {
    return size;
  }

  void forEach(Visitor visitor) {
    for (int place = 0; place < places.length; place++) {
      if (places[place] != 0) {
        visitor.visit(places[place] - 1, counts[place]);
      }
    }
  }

  /** The place of a key, or the empty one where it would go. */
  private int placeOf(long key) {
    int mask = places.length - 1;
    int place = (int) hash(key) & mask;
    while (places[place] != 0 && places[place] != key + 1) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldPlaces = places;
    int[] oldCounts = counts;
    places = new long[Math.multiplyExact(oldPlaces.length, 2)];
    counts = new int[places.length];
    for (int old = 0; old < oldPlaces.length; old++) {
      if (oldPlaces[old] != 0) {
        int place = placeOf(oldPlaces[old] - 1);
        places[place] = oldPlaces[old];
        counts[place] = oldCounts[old];
      }
    }
  }

  /** The finaliser of MurmurHash3: every bit of the key moves every bit of the result. */
  static long hash(long key) {
    long mixed = (key ^ (key >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
