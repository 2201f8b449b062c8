package dev.wrought.core.text;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.text.RegexNode.Chars;
import dev.wrought.core.text.RegexNode.Choice;
import dev.wrought.core.text.RegexNode.Look;
import dev.wrought.core.text.RegexNode.Possessive;
import dev.wrought.core.text.RegexNode.Repeat;
import dev.wrought.core.text.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A pattern as the instructions of a nondeterministic automaton. Immutable; it begins at
 * instruction 0.
 *
 * <p>Source: Thompson 1968; Cox 2009, "Regular Expression Matching: the Virtual Machine Approach".
 */
final class RegexProgram {
  private static final int MOST_INSTRUCTIONS = 1 << 12;

  /** What is repeated need not have instructions. */
  private static final int MOST_NODES = 1 << 18;

  /** One step. */
  sealed interface Instruction {
    /** Takes a character of a set, and goes on to the next instruction. */
    record Take(int set) implements Instruction {}

    /** Goes on if the next character is of a set, or there is none and that will do. */
    record Ask(int set, boolean end) implements Instruction {}

    /** Goes on at both, rather at the first. */
    record Fork(int first, int second) implements Instruction {}

    /** Goes on elsewhere. */
    record Jump(int to) implements Instruction {}

    /** The pattern has matched. */
    record Match() implements Instruction {}
  }

  private final List<Instruction> code = new ArrayList<>();
  private final SequencedMap<CodePoints, Integer> sets = new LinkedHashMap<>();
  private int emitted;

  private RegexProgram() {}

  static RegexProgram compile(String pattern) {
    RegexProgram program = new RegexProgram();
    program.emit(RegexParser.parse(pattern));
    program.code.add(new Instruction.Match());
    return program;
  }

  int size() {
    return code.size();
  }

  Instruction at(int index) {
    return code.get(index);
  }

  /** Every set that it asks for; instructions have their indices. */
  List<CodePoints> sets() {
    return List.copyOf(sets.keySet());
  }

  private void emit(RegexNode node) {
    if (code.size() > MOST_INSTRUCTIONS || ++emitted > MOST_NODES) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "the pattern is too large: its repetitions amount to more than " + MOST_INSTRUCTIONS);
    }
    switch (node) {
      case Chars(CodePoints set) -> code.add(new Instruction.Take(indexOf(set)));
      case Look(CodePoints set, boolean end) -> code.add(new Instruction.Ask(indexOf(set), end));
      case Sequence(List<RegexNode> parts) -> parts.forEach(this::emit);
      case Choice(List<RegexNode> alternatives) -> emitChoice(alternatives);
      case Repeat repeat -> emitRepeat(repeat);
      case Possessive possessive -> emitPossessive(possessive);
    }
  }

  private int indexOf(CodePoints set) {
    return sets.computeIfAbsent(set, _ -> sets.size());
  }

  private void emitChoice(List<RegexNode> alternatives) {
    List<Integer> ends = new ArrayList<>();
    for (RegexNode alternative : alternatives.subList(0, alternatives.size() - 1)) {
      int fork = reserve();
      emit(alternative);
      ends.add(reserve());
      code.set(fork, new Instruction.Fork(fork + 1, code.size()));
    }
    emit(alternatives.getLast());
    ends.forEach(end -> code.set(end, new Instruction.Jump(code.size())));
  }

  private void emitRepeat(Repeat repeat) {
    for (int i = 0; i < repeat.least(); i++) {
      emit(repeat.body());
    }
    if (repeat.most() == Repeat.UNBOUNDED) {
      int fork = reserve();
      emit(repeat.body());
      code.add(new Instruction.Jump(fork));
      code.set(fork, fork(repeat, fork + 1, code.size()));
      return;
    }
    List<Integer> forks = new ArrayList<>();
    for (int i = repeat.least(); i < repeat.most(); i++) {
      forks.add(reserve());
      emit(repeat.body());
    }
    forks.forEach(fork -> code.set(fork, fork(repeat, fork + 1, code.size())));
  }

  /** X*+ is X* that no other X follows: what was taken is never given back. */
  private void emitPossessive(Possessive possessive) {
    Look none = new Look(possessive.body().set().not(), true);
    if (possessive.most() == Repeat.UNBOUNDED) {
      emit(new Repeat(possessive.body(), possessive.least(), Repeat.UNBOUNDED, true));
      emit(none);
      return;
    }
    emit(new Repeat(possessive.body(), possessive.least(), possessive.least(), true));
    List<Integer> forks = new ArrayList<>();
    for (int i = possessive.least(); i < possessive.most(); i++) {
      forks.add(reserve());
      emit(possessive.body());
    }
    int jump = reserve();
    forks.forEach(fork -> code.set(fork, new Instruction.Fork(fork + 1, code.size())));
    emit(none);
    code.set(jump, new Instruction.Jump(code.size()));
  }

  private static Instruction fork(Repeat repeat, int more, int done) {
    return repeat.greedy() ? new Instruction.Fork(more, done) : new Instruction.Fork(done, more);
  }

  /** Leaves room for an instruction whose target is not known yet. */
  private int reserve() {
    code.add(new Instruction.Match());
    return code.size() - 1;
  }
}
