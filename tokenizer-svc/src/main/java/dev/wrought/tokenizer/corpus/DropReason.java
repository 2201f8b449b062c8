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
}
