package dev.wrought.tokenizer.corpus;

/**
 * Why documents are left out, as it is counted; a filter counts under its own name, one with
 * several rules under "name/rule".
 */
public final class DropReason {
  /** The same bytes came before. */
  public static final String DUPLICATE = "duplicate";

  /** Nearly the same words came before. */
  public static final String NEAR_DUPLICATE = "near-duplicate";

  /** Its source counts less than once, and this is one of those that do not. */
  public static final String WEIGHT = "weight";

  /** Nothing but white space, perhaps after the filters. */
  public static final String EMPTY = "empty";

  /** More than {@link Corpus#LONGEST_DOCUMENT} bytes. */
  public static final String TOO_LONG = "too-long";

  /** Cannot be read, and the source was told to skip such. */
  public static final String BROKEN = "broken";

  /** Not text: there is a NUL near its beginning. */
  public static final String BINARY = "binary";

  /** A file or folder whose name begins with a dot; a folder counts once. */
  public static final String HIDDEN = "hidden";

  /** A symbolic link or another special file: never followed. */
  public static final String LINK = "link";

  private DropReason() {}

  /** What a reason means, for people who meet it in a report; empty for a filter's own. */
  public static String meaning(String reason) {
    return switch (reason) {
      case DUPLICATE -> "the same bytes came before";
      case NEAR_DUPLICATE -> "nearly the same words came before";
      case WEIGHT -> "its source counts less than once, and this is one of those that do not";
      case EMPTY -> "nothing but white space, perhaps after the filters";
      case TOO_LONG -> "more than %d MiB".formatted(Corpus.LONGEST_DOCUMENT >> 20);
      case BROKEN -> "it cannot be read, and such are skipped";
      case BINARY -> "no text: it has a NUL near its beginning";
      case HIDDEN -> "its name begins with a dot; a folder counts once";
      case LINK -> "a symbolic link or another special file";
      default -> ""; // a filter's own name says it
    };
  }
}
