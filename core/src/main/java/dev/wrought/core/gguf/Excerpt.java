package dev.wrought.core.gguf;

/** The beginning of a name as a message shows it: a file may have put anything into one. */
final class Excerpt {
  private static final int MOST = 64;

  private Excerpt() {}

  static String of(String name) {
    String start = name.length() > MOST ? name.substring(0, MOST) + "..." : name;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
