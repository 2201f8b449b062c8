package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A byte-level BPE vocabulary: the bytes of every id, the merges by rank, the tokens added beside
 * them. Every byte has a token, so any text can be encoded. Immutable.
 */
final class BpeVocabulary {
  /** Larger ones are refused; the largest known have 262,144. */
  static final int MOST_TOKENS = 1 << 21;

  /** Merged tokens are as written in the file, bytes as {@link ByteAlphabet} has them. */
  record Merge(String left, String right) {}

  /**
   * How text becomes tokens, beside the merges.
   *
   * @param wholeWords a word that is a token becomes that, whatever its merges say
   */
  record Rules(Splitting splitting, boolean wholeWords) {
    static final Rules GPT2 = new Rules(Splitting.GPT2, false);
  }

  private final Rules rules;
  private final int[] byteIds;
  private final byte[][] tokens;
  private final int[] left;
  private final int[] right;
  private final int[] results;
  private final boolean rankedByResult;
  private final List<AddedToken> added;

  /**
   * Checks and joins the parts of a file.
   *
   * @param ids token to id, as written in the file
   * @param merges by rank
   * @throws WroughtException CORRUPT_FILE, naming the token: negative, duplicate or missing ids, a
   *     byte without token, a merge of or into what does not exist
   */
  BpeVocabulary(Map<String, Integer> ids, List<Merge> merges, List<AddedToken> added, Rules rules) {
    this(ids, merges, added, rules, false);
  }

  private BpeVocabulary(
      Map<String, Integer> ids,
      List<Merge> merges,
      List<AddedToken> added,
      Rules rules,
      boolean rankedByResult) {
    this.rules = rules;
    this.byteIds = byteIds(ids);
    this.tokens = tokensById(ids, added);
    this.added = List.copyOf(added);
    this.left = new int[merges.size()];
    this.right = new int[merges.size()];
    this.results = new int[merges.size()];
    this.rankedByResult = rankedByResult;
    for (int rank = 0; rank < merges.size(); rank++) {
      Merge merge = merges.get(rank);
      left[rank] = mergedId(ids, merge, rank, merge.left());
      right[rank] = mergedId(ids, merge, rank, merge.right());
      results[rank] = mergedId(ids, merge, rank, merge.left() + merge.right());
    }
  }

  /**
   * A vocabulary whose tokens' ids are their ranks, as tiktoken has them: any two neighbours that
   * together are a token merge, the lowest id first.
   *
   * @param ids token to id, written in the byte alphabet
   */
  static BpeVocabulary ofRankedTokens(
      Map<String, Integer> ids, List<AddedToken> added, Splitting splitting) {
    List<Merge> merges = new ArrayList<>();
    ids.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .forEach(token -> {
          for (int cut = 1; cut < token.length(); cut++) {
            String left = token.substring(0, cut);
            String right = token.substring(cut);
            if (ids.containsKey(left) && ids.containsKey(right)) {
              merges.add(new Merge(left, right));
            }
          }
        });
    return new BpeVocabulary(ids, merges, added, new Rules(splitting, true), true);
  }

  private static int[] byteIds(Map<String, Integer> ids) {
    int[] byteIds = new int[ByteAlphabet.SIZE];
    for (int value = 0; value < byteIds.length; value++) {
      String written = ByteAlphabet.write(new byte[] {(byte) value});
      Integer id = ids.get(written);
      if (id == null) {
        throw damaged("byte 0x%02X has no token '%s'".formatted(value, written));
      }
      byteIds[value] = id;
    }
    return byteIds;
  }

  private static byte[][] tokensById(Map<String, Integer> ids, List<AddedToken> added) {
    TokenList tokens = new TokenList(ids.size() + added.size());
    for (AddedToken token : added) {
      Integer same = ids.get(token.content());
      if (same != null && same != token.id()) {
        throw damaged(
            "added token '%s' has id %d, and %d in the vocabulary"
                .formatted(token.content(), token.id(), same));
      }
      tokens.set(token.id(), token.content(), token.content().getBytes(StandardCharsets.UTF_8));
    }
    for (Map.Entry<String, Integer> token : ids.entrySet()) {
      if (!tokens.has(token.getValue(), token.getKey())) {
        Optional<byte[]> bytes = ByteAlphabet.read(token.getKey());
        if (bytes.isEmpty()) {
          throw damaged("token '" + token.getKey() + "' is not written in the byte alphabet");
        }
        tokens.set(token.getValue(), token.getKey(), bytes.get());
      }
    }
    return tokens.withoutGaps();
  }

  private static int mergedId(Map<String, Integer> ids, Merge merge, int rank, String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw damaged(
          "merge %d, '%s' and '%s', needs the token '%s', which does not exist"
              .formatted(rank, merge.left(), merge.right(), token));
    }
    return id;
  }

  int size() {
    return tokens.length;
  }

  int merges() {
    return results.length;
  }

  /** The bytes of an id, not to be changed. */
  byte[] token(int id) {
    return tokens[id];
  }

  byte[] leftOf(int rank) {
    return tokens[left[rank]];
  }

  byte[] rightOf(int rank) {
    return tokens[right[rank]];
  }

  List<AddedToken> added() {
    return added;
  }

  int[] byteIds() {
    return byteIds.clone();
  }

  /** All tokens but the added ones, if the rules say so. */
  WholeWords wholeWords() {
    WholeWords words = new WholeWords();
    if (rules.wholeWords) {
      Set<Integer> others = added.stream().map(AddedToken::id).collect(Collectors.toSet());
      for (int id = 0; id < tokens.length; id++) {
        if (!others.contains(id)) {
          words.add(tokens[id], id);
        }
      }
    }
    return words;
  }

  Rules rules() {
    return rules;
  }

  MergeTable mergeTable() {
    if (rankedByResult) {
      return new MergeTable(left, right, results, IntStream.range(0, tokens.length).toArray());
    }
    return new MergeTable(left, right, IntStream.range(0, left.length).toArray(), results);
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }

  /** Tokens by id while they are collected. */
  private static final class TokenList {
    private final String[] written;
    private final byte[] @Nullable [] bytes;
    private int highest = -1;

    TokenList(int atMost) {
      written = new String[atMost];
      bytes = new byte[atMost][];
    }

    boolean has(int id, String token) {
      return id >= 0 && id < written.length && token.equals(written[id]);
    }

    void set(int id, String token, byte[] content) {
      if (id < 0) {
        throw damaged("token '" + token + "' has the negative id " + id);
      }
      if (id >= written.length) {
        throw damaged(
            "token '%s' has id %d, but there are only %d tokens"
                .formatted(token, id, written.length));
      }
      if (written[id] != null) {
        throw damaged("tokens '%s' and '%s' both have id %d".formatted(written[id], token, id));
      }
      written[id] = token;
      bytes[id] = content;
      highest = Math.max(highest, id);
    }

    byte[][] withoutGaps() {
      byte[][] complete = new byte[highest + 1][];
      for (int id = 0; id <= highest; id++) {
        byte[] content = bytes[id];
        if (content == null) {
          throw damaged("no token has id " + id + after(id));
        }
        complete[id] = content;
      }
      return complete;
    }

    private String after(int id) {
      return id == 0 ? "" : ", the one after '" + written[id - 1] + "'";
    }
  }
}
