package dev.wrought.cli.local;

/**
 * One thing that the platform needs of a machine, and how it is here.
 *
 * @param found the actual value
 * @param remedy what to do; empty where nothing is wrong
 */
public record Finding(String name, Level level, String found, String remedy) {
  /** How bad it is. */
  public enum Level {
    OK,
    /** It works, slower or with less. */
    WARNING,
    /** Something will not work. */
    PROBLEM
  }

  static Finding ok(String name, String found) {
    return new Finding(name, Level.OK, found, "");
  }

  static Finding warning(String name, String found, String remedy) {
    return new Finding(name, Level.WARNING, found, remedy);
  }

  static Finding problem(String name, String found, String remedy) {
    return new Finding(name, Level.PROBLEM, found, remedy);
  }
}
