package dev.wrought.core.text;

import java.util.Locale;

/** What becomes of the delimiters that text is split at, by Hugging Face's names. */
public enum SplitBehavior {
  /** They are left out. */
  REMOVED,

  /** Each is a word of its own. */
  ISOLATED,

  /** Several in a row are one word. */
  CONTIGUOUS,

  /** Each ends the word before it. */
  MERGED_WITH_PREVIOUS,

  /** Each begins the word after it. */
  MERGED_WITH_NEXT;

  /** As files have it: MergedWithNext. */
  public String label() {
    StringBuilder label = new StringBuilder();
    for (String word : name().split("_")) {
      label.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return label.toString();
  }
}
