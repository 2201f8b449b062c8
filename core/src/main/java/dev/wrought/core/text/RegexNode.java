package dev.wrought.core.text;

import java.util.List;

/** A regular expression as a tree, made by {@link RegexParser}. */
sealed interface RegexNode {
  /** One character of a set. */
  record Chars(CodePoints set) implements RegexNode {}

  /** One after the other. */
  record Sequence(List<RegexNode> parts) implements RegexNode {}

  /** The first that leads to a match. */
  record Choice(List<RegexNode> alternatives) implements RegexNode {}

  /**
   * Again and again.
   *
   * @param most {@link #UNBOUNDED} for any number
   * @param greedy whether more is tried before less
   */
  record Repeat(RegexNode body, int least, int most, boolean greedy) implements RegexNode {
    static final int UNBOUNDED = Integer.MAX_VALUE;
  }

  /**
   * The same for one character, of which no more is given back than taken: as many as there are.
   */
  record Possessive(Chars body, int least, int most) implements RegexNode {}

  /**
   * Takes nothing, but asks what comes next.
   *
   * @param set that the next character has to be of
   * @param end whether the end of the text will do as well
   */
  record Look(CodePoints set, boolean end) implements RegexNode {}
}
