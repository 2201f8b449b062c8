package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.BpeModel.Merge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a file's merges one by one, in the order of their ranks. A token is kept once, however many
 * merges have it, and there is a bound to both, so that no file takes more memory than it has. For
 * one thread.
 */
final class MergeReader {
  /** Of two for each token that there may be; the most known are 514,906, for 262,144 tokens. */
  private static final int MOST_MERGES = 2 * TokenList.MOST_TOKENS;

  private final List<Merge> merges = new ArrayList<>();
  private final Map<String, String> tokens = new HashMap<>();

  /**
   * A merge as "a b".
   *
   * @throws WroughtException CORRUPT_FILE for other than two tokens, and for one too many
   */
  void add(String merge) {
    Merge parsed = Merge.parse(merge, merges.size());
    add(parsed.left(), parsed.right());
  }

  /**
   * A merge by its tokens.
   *
   * @throws WroughtException CORRUPT_FILE for one too many
   */
  void add(String left, String right) {
    merges.add(new Merge(once(left), once(right)));
    if (merges.size() > MOST_MERGES || tokens.size() > TokenList.MOST_TOKENS) {
      throw new WroughtException(
          ErrorCode.CORRUPT_FILE,
          "there are more than %d merges, or of more than %d tokens"
              .formatted(MOST_MERGES, TokenList.MOST_TOKENS));
    }
  }

  /** How many there are so far. */
  int size() {
    return merges.size();
  }

  List<Merge> merges() {
    return merges;
  }

  private String once(String token) {
    String earlier = tokens.putIfAbsent(token, token);
    return earlier == null ? token : earlier;
  }
}
