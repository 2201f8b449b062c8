package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.BitSet;
import java.util.List;

/**
 * Which paths within a source are wanted. A glob matches the whole path: {@code *} stands for any
 * characters but '/', {@code ?} for one of them, <code>**&#47;</code> for any folders or none,
 * {@code **} elsewhere for anything.
 *
 * <p>All ways to match are followed at once, so time is the glob's length times the path's,
 * whatever they hold.
 */
final class PathGlobs {
  private static final int MOST_GLOBS = 64;
  private static final int LONGEST_GLOB = 256;

  private final List<Glob> include;
  private final List<Glob> exclude;

  /**
   * @param include empty: all; @param exclude wins over include
   */
  PathGlobs(List<String> include, List<String> exclude) {
    this.include = parse(include);
    this.exclude = parse(exclude);
  }

  boolean wants(String path) {
    return (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(path)))
        && exclude.stream().noneMatch(glob -> glob.matches(path));
  }

  private static List<Glob> parse(List<String> globs) {
    if (globs.size() > MOST_GLOBS) {
      throw refused(globs.size() + " globs; at most " + MOST_GLOBS + " are possible");
    }
    return globs.stream().map(PathGlobs::parse).toList();
  }

  private static Glob parse(String glob) {
    if (glob.isEmpty() || glob.length() > LONGEST_GLOB) {
      throw refused("a glob has 1 to " + LONGEST_GLOB + " characters, not " + glob.length());
    }
    if (glob.startsWith("/") || glob.chars().anyMatch(c -> "[]{}\\".indexOf(c) >= 0)) {
      throw refused(
          "glob '"
              + glob
              + "': it is relative to its source and knows *, ** and ? only; "
              + "instead of {a,b} give several");
    }
    return new Glob(glob);
  }

  private static WroughtException refused(String why) {
    return new WroughtException(ErrorCode.INVALID_ARGUMENT, why);
  }

  /** A glob as a non-deterministic automaton: state i has matched its first i characters. */
  private record Glob(String text) {
    boolean matches(String path) {
      BitSet states = new BitSet();
      enter(states, 0);
      for (int at = 0; at < path.length() && !states.isEmpty(); at++) {
        BitSet next = new BitSet();
        char c = path.charAt(at);
        for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
          step(state, c, next);
        }
        states = next;
      }
      return states.get(text.length());
    }

    private void step(int state, char c, BitSet next) {
      if (state == text.length()) {
        return;
      }
      char expected = text.charAt(state);
      if (expected == '*') {
        if (isDouble(state) || c != '/') {
          enterAgain(next, state, c);
        }
      } else if (expected == c || (expected == '?' && c != '/')) {
        enter(next, state + 1);
      }
    }

    /** A star has taken a character and may take more. */
    private void enterAgain(BitSet states, int state, char c) {
      states.set(state);
      if (!isFolders(state) || c == '/') {
        enter(states, state + starLength(state));
      }
    }

    /** Reaches a state, and those behind a star that matches nothing. */
    private void enter(BitSet states, int state) {
      int reached = state;
      states.set(reached);
      while (reached < text.length() && text.charAt(reached) == '*') {
        reached += starLength(reached);
        states.set(reached);
      }
    }

    private int starLength(int state) {
      return isFolders(state) ? 3 : isDouble(state) ? 2 : 1;
    }

    private boolean isDouble(int state) {
      return text.startsWith("**", state);
    }

    private boolean isFolders(int state) {
      return text.startsWith("**/", state) && (state == 0 || text.charAt(state - 1) == '/');
    }
  }
}
