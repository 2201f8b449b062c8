package dev.wrought.core.fuzz;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.List;
import java.util.Set;

/**
 * A parser that is fed with files that nobody wrote. The class has a {@code public static void
 * fuzzerTestOneInput(byte[])} besides, by which Jazzer finds it; that calls {@link #readOrRefuse}.
 */
public interface FuzzTarget {
  /** All classes of this project, as a pattern of {@link #guides}. */
  String OURS = "dev.wrought.**";

  /** Names its folders and its stamp. */
  default String name() {
    return getClass().getSimpleName().replaceFirst("Fuzz$", "");
  }

  /**
   * Reads an input as the file that it claims to be, and uses what was read a little.
   *
   * @throws WroughtException of one of the {@link #refusals}
   */
  void read(byte[] input);

  /** The codes by which an input may be refused. */
  Set<ErrorCode> refusals();

  /** Small inputs of every kind, which are read. */
  List<byte[]> seeds();

  /** Words of the format, in ISO 8859-1, that chance would take long to find. */
  List<String> dictionary();

  /**
   * The code that is fuzzed, whose change makes the target due again: patterns of files below
   * {@code src/main/java}.
   */
  List<String> code();

  /** The classes whose branches guide the fuzzer: ours, and those of a library that parses. */
  default Set<String> guides() {
    return Set.of(OURS);
  }

  /** Reads an input or sees it refused; fails at anything else. */
  default void readOrRefuse(byte[] input) {
    try {
      read(input);
    } catch (WroughtException refused) {
      if (!refusals().contains(refused.code())) {
        throw new AssertionError("refused, but not by one of " + refusals(), refused);
      }
    }
  }
}
