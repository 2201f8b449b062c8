package dev.wrought.core.text;

import java.util.Arrays;
import java.util.List;

/** Cuts by several rules: the words of each are cut by the next. For one thread. */
public final class NestedSplitter implements Splitter {
  private final Splitter[] splitters;

  /** By rule, where its word ends that was cut last. */
  private final int[] ends;

  /** Of no splitters one that cuts nothing. */
  public static Splitter of(List<Splitter> splitters) {
    return switch (splitters.size()) {
      case 0 -> (_, _, to) -> to;
      case 1 -> splitters.getFirst();
      default -> new NestedSplitter(splitters);
    };
  }

  private NestedSplitter(List<Splitter> splitters) {
    this.splitters = splitters.toArray(Splitter[]::new);
    this.ends = new int[this.splitters.length];
  }

  @Override
  public void begin() {
    Arrays.fill(ends, 0);
    for (Splitter splitter : splitters) {
      splitter.begin();
    }
  }

  @Override
  public int next(byte[] text, int from, int to) {
    int rule = splitters.length;
    while (rule > 0 && ends[rule - 1] <= from) {
      rule--;
    }
    int end = rule == 0 ? to : ends[rule - 1];
    for (; rule < splitters.length; rule++) {
      int next = splitters[rule].next(text, from, end);
      if (next < 0) {
        Arrays.fill(ends, rule, ends.length, ~next);
        return next;
      }
      end = next;
      ends[rule] = end;
    }
    return end;
  }
}
