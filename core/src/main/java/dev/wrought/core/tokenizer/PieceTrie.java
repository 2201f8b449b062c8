package dev.wrought.core.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The pieces of a vocabulary as a trie of bytes. The children of a node lie at its base plus their
 * byte, in one array that all nodes share, so that a step is two lookups. Immutable.
 *
 * <p>Source: Aoe 1989, "An Efficient Digital Search Algorithm by Using a Double-Array Structure".
 */
final class PieceTrie {
  static final int NONE = -1;
  static final int ROOT = 0;

  private static final int BYTES = 256;

  private int[] bases = new int[1024];

  /** By slot the node that it belongs to. */
  private int[] parents = new int[1024];

  private int[] pieces = new int[1024];

  private PieceTrie() {
    Arrays.fill(parents, NONE);
    Arrays.fill(pieces, NONE);
  }

  /** A trie of pieces and their ids. */
  static PieceTrie of(Map<String, Integer> ids) {
    List<Entry> entries = new ArrayList<>();
    ids.forEach((piece, id) -> entries.add(new Entry(piece.getBytes(StandardCharsets.UTF_8), id)));
    entries.sort(Comparator.comparing(Entry::content, Arrays::compareUnsigned));
    PieceTrie trie = new PieceTrie();
    trie.build(entries);
    return trie;
  }

  /** The node that a byte leads to, or {@link #NONE}. */
  int child(int node, byte next) {
    int slot = bases[node] + (next & 0xFF);
    return parents[slot] == node ? slot : NONE;
  }

  /** The id of the piece that ends at a node, or {@link #NONE}. */
  int piece(int node) {
    return pieces[node];
  }

  private record Entry(byte[] content, int id) {}

  /** Entries that share their first bytes, which lead to a node. */
  private record Range(int node, int first, int end, int depth) {}

  private void build(List<Entry> entries) {
    BitSet taken = new BitSet();
    taken.set(ROOT);
    int lowest = 1;
    Deque<Range> pending = new ArrayDeque<>();
    pending.add(new Range(ROOT, 0, entries.size(), 0));
    while (!pending.isEmpty()) {
      Range range = pending.remove();
      int first = range.first();
      if (first < range.end() && entries.get(first).content().length == range.depth()) {
        pieces[range.node()] = entries.get(first).id();
        first++;
      }
      List<Range> children = children(entries, first, range.end(), range.depth());
      if (children.isEmpty()) {
        continue;
      }
      lowest = taken.nextClearBit(lowest);
      int base = freeBase(children, taken, lowest);
      ensureRoom(base + BYTES);
      bases[range.node()] = base;
      for (Range child : children) {
        int slot = base + child.node();
        taken.set(slot);
        parents[slot] = range.node();
        pending.add(new Range(slot, child.first(), child.end(), range.depth() + 1));
      }
    }
  }

  /** The entries by their next byte, which stands for the node that is not known yet. */
  private static List<Range> children(List<Entry> entries, int first, int end, int depth) {
    List<Range> children = new ArrayList<>();
    for (int at = first; at < end; ) {
      int from = at;
      byte value = entries.get(at).content()[depth];
      while (at < end && entries.get(at).content()[depth] == value) {
        at++;
      }
      children.add(new Range(value & 0xFF, from, at, depth));
    }
    return children;
  }

  private static int freeBase(List<Range> children, BitSet taken, int lowest) {
    int firstByte = children.getFirst().node();
    for (int slot = taken.nextClearBit(Math.max(lowest, firstByte + 1));
        ;
        slot = taken.nextClearBit(slot + 1)) {
      int base = slot - firstByte;
      if (children.stream().noneMatch(child -> taken.get(base + child.node()))) {
        return base;
      }
    }
  }

  private void ensureRoom(int slots) {
    int old = parents.length;
    if (slots >= old) {
      int room = Math.max(slots + 1, 2 * old);
      bases = Arrays.copyOf(bases, room);
      parents = Arrays.copyOf(parents, room);
      pieces = Arrays.copyOf(pieces, room);
      Arrays.fill(parents, old, room, NONE);
      Arrays.fill(pieces, old, room, NONE);
    }
  }
}
