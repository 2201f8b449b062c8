package dev.wrought.core.text;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.RegexProgram.Instruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a pattern in UTF-8 text, the leftmost match and there the one that a backtracking engine
 * would prefer, in time linear in the text whatever the pattern. For one thread.
 *
 * <p>That is one match. To know that {@code a.*b} is not preferred to {@code a} the rest of the
 * text has to be read, and for the next match again: patterns with which this happens all along a
 * text are refused when it has come to too much.
 *
 * <p>It is a deterministic automaton whose states are made when they are first met. A state is the
 * list of the threads that a nondeterministic one would have, the preferred first. Threads that
 * began at the same character form a group; the automaton remembers where each group began, and so
 * knows both ends of a match after one pass.
 *
 * <p>Where a match without a character would be preferred, nothing is found: text cannot be split
 * there.
 *
 * <p>Source: Cox 2010, "Regular Expression Matching in the Wild"; Laurikari 2000, "NFAs with Tagged
 * Transitions", of which the groups are the simplest case.
 */
final class Regex {
  /** States with more threads and transitions than this are forgotten and made anew. */
  private static final int MOST_CELLS = 1 << 20;

  /** How often each byte may be looked at, on average, while all matches of a text are found. */
  private static final long MOST_LOOKS = 1000;

  private static final int NEW = -1;

  /** A thread: the instruction that it waits at, and the group that it began in. */
  private record Waiting(int instruction, int group) {}

  /**
   * What the automaton knows at a place in the text.
   *
   * @param threads by preference
   * @param searching whether a match may still begin here
   */
  private record Knowledge(List<Waiting> threads, boolean searching) {
    boolean isDead() {
      return threads.isEmpty() && !searching;
    }
  }

  /**
   * A step over a character.
   *
   * @param matched the group that has matched before the character, {@link #NEW} if none has
   * @param groups by group of the next state the group in this one, or {@link #NEW}; ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Transition(State next, int matched, int[] groups) {}

  private static final class State {
    final Knowledge knowledge;
    final @Nullable Transition[] transitions;

    State(Knowledge knowledge, int classes) {
      this.knowledge = knowledge;
      this.transitions = new Transition[classes];
    }
  }

  private final String pattern;
  private final RegexProgram program;
  private final RegexAlphabet alphabet;
  private final Map<Knowledge, State> states = new HashMap<>();
  private final int[] begins;
  private int cells;
  private State start;
  private int lastFrom;
  private int lastTo;
  private long looksLeft;
  private int matchStart;
  private int matchEnd;

  /**
   * @throws WroughtException FAILED_PRECONDITION for a pattern that is not supported
   */
  Regex(String pattern) {
    this.pattern = pattern;
    this.program = RegexProgram.compile(pattern);
    this.alphabet = new RegexAlphabet(program.sets());
    this.begins = new int[program.size() + 1];
    this.start = stateOf(new Knowledge(List.of(), true));
  }

  /**
   * Looks for the first match that lies between these; then it is known where.
   *
   * @throws WroughtException FAILED_PRECONDITION if the matches of the text take too long to find
   */
  boolean find(byte[] text, int from, int to) {
    boolean found = false;
    State state = start;
    for (int at = from; ; ) {
      int length = at < to ? Utf8.lengthAt(text, at, to) : 0;
      int character = at < to ? alphabet.classOf(text, at, length) : alphabet.end();
      Transition step = state.transitions[character];
      if (step == null) {
        step = makeTransition(state, character);
      }
      if (step.matched != NEW) {
        found = true;
        matchStart = begins[step.matched];
        matchEnd = at;
      }
      state = step.next;
      if (at >= to || state.knowledge.isDead()) {
        account(from, to, at);
        return found;
      }
      for (int group = 0; group < step.groups.length; group++) {
        begins[group] = step.groups[group] == NEW ? at : begins[step.groups[group]];
      }
      at += Math.max(1, length);
    }
  }

  /**
   * Takes a search into account, which has read so far; one further on in a text goes on with it.
   */
  private void account(int from, int to, int readTo) {
    if (to != lastTo || from <= lastFrom) {
      looksLeft = MOST_LOOKS * (to - from);
    }
    lastTo = to;
    lastFrom = from;
    looksLeft -= readTo - from;
    if (looksLeft < 0) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "to find all that the pattern %s matches, each byte of the text has to be read more than %d times: parts of it have to end sooner after they begin"
              .formatted(pattern, MOST_LOOKS));
    }
  }

  /** Where the match begins that was found last. */
  int matchStart() {
    return matchStart;
  }

  /** Where it ends. */
  int matchEnd() {
    return matchEnd;
  }

  private State stateOf(Knowledge knowledge) {
    return states.computeIfAbsent(
        knowledge,
        known -> {
          int classes = alphabet.end() + 1;
          cells += known.threads().size() + classes;
          return new State(known, classes);
        });
  }

  private Transition makeTransition(State from, int character) {
    if (cells > MOST_CELLS) {
      states.clear();
      cells = 0;
      start = stateOf(start.knowledge);
    }
    Step step = new Step(from.knowledge, character);
    Transition made = step.take();
    from.transitions[character] = made;
    return made;
  }

  /** One step of the nondeterministic automaton, by which a transition is made. */
  private final class Step {
    private final Knowledge from;
    private final int character;
    private final boolean[] visited = new boolean[program.size()];
    private final List<Waiting> next = new ArrayList<>();
    private final int[] groups = new int[program.size() + 1];
    private int groupCount;
    private int matched = NEW;
    private boolean decided;

    Step(Knowledge from, int character) {
      this.from = from;
      this.character = character;
    }

    Transition take() {
      for (Waiting thread : from.threads()) {
        follow(thread.instruction(), thread.group());
      }
      if (from.searching()) {
        follow(0, NEW);
      }
      boolean searching = from.searching() && !decided;
      return new Transition(
          stateOf(new Knowledge(List.copyOf(next), searching)),
          matched,
          Arrays.copyOf(groups, groupCount));
    }

    /** Runs a thread until it waits for the character after this one. */
    private void follow(int first, int group) {
      Deque<Integer> pending = new ArrayDeque<>();
      pending.push(first);
      while (!pending.isEmpty() && !decided) {
        int at = pending.pop();
        if (visited[at]) {
          continue;
        }
        visited[at] = true;
        switch (program.at(at)) {
          case Instruction.Take(int set) -> {
            if (alphabet.in(character, set)) {
              next.add(new Waiting(at + 1, renumbered(group)));
            }
          }
          case Instruction.Ask(int set, boolean end) -> {
            boolean atEnd = character == alphabet.end();
            if (atEnd ? end : alphabet.in(character, set)) {
              pending.push(at + 1);
            }
          }
          case Instruction.Fork(int preferred, int other) -> {
            pending.push(other);
            pending.push(preferred);
          }
          case Instruction.Jump(int to) -> pending.push(to);
          case Instruction.Match() -> {
            matched = group;
            decided = group != NEW;
            pending.clear();
          }
        }
      }
    }

    private int renumbered(int group) {
      if (groupCount == 0 || groups[groupCount - 1] != group) {
        groups[groupCount++] = group;
      }
      return groupCount - 1;
    }
  }
}
