package dev.wrought.core.recipe;

/** How a recipe names an artifact. */
final class References {
  static final String PATTERN =
      "[A-Za-z0-9][A-Za-z0-9._-]{0,127}(@[A-Za-z0-9:]{4,80})?|/[^\\x00-\\x1f]{1,4095}";
  static final String WORDS =
      "a name (letters, digits, dots, hyphens, underscores), name@digest, or an absolute path";

  private References() {}
}
