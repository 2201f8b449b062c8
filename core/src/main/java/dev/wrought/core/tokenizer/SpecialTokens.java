package dev.wrought.core.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * The special tokens that every tokenizer trained here reserves, so that one vocabulary serves
 * pre-training, denoising and chat.
 */
public final class SpecialTokens {
  /** Ends every document. */
  public static final String END_OF_TEXT = "<|endoftext|>";

  /** Regular denoising: UL2's mode tokens (Tay et al. 2022). */
  public static final String MODE_REGULAR = "[R]";

  /** Sequential denoising: prefix language modelling. */
  public static final String MODE_SEQUENTIAL = "[S]";

  /** Extreme denoising: long spans or high rates. */
  public static final String MODE_EXTREME = "[X]";

  /** Opens a turn of the user in a chat. */
  public static final String USER = "<|user|>";

  /** Opens a turn of the model. */
  public static final String ASSISTANT = "<|assistant|>";

  /** Opens the instructions before a chat. */
  public static final String SYSTEM = "<|system|>";

  /** Ends every turn. */
  public static final String END_OF_TURN = "<|end|>";

  /** How many sentinels stand for removed spans (Raffel et al. 2020). */
  public static final int SENTINELS = 100;

  private SpecialTokens() {}

  /** The name of a sentinel. @param index 0 to 99; 0 has the highest id of the vocabulary */
  public static String sentinel(int index) {
    if (index < 0 || index >= SENTINELS) {
      throw new IllegalArgumentException("sentinel " + index + " of " + SENTINELS);
    }
    return "<extra_id_" + index + ">";
  }

  /** All reserved names in the order of their ids: the last ones of the vocabulary. */
  public static List<String> reserved() {
    List<String> names =
        new ArrayList<>(
            List.of(
                END_OF_TEXT,
                MODE_REGULAR,
                MODE_SEQUENTIAL,
                MODE_EXTREME,
                USER,
                ASSISTANT,
                SYSTEM,
                END_OF_TURN));
    for (int index = SENTINELS - 1; index >= 0; index--) {
      names.add(sentinel(index));
    }
    return List.copyOf(names);
  }
}
