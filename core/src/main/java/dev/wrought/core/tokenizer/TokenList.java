package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by id: as a file writes them, and the bytes that they stand for. Ids are 0 and up; each
 * may be set once. For one thread while it is filled; then not to be changed, and thread-safe.
 *
 * <p>The bytes are made when they are first asked for: who only encodes need not wait for them.
 */
final class TokenList {
  /** Larger vocabularies are refused; the largest known have 262,144. */
  static final int MOST_TOKENS = 1 << 21;

  /** Tells what a token stands for. */
  interface Meaning {
    byte[] of(int id, String written);
  }

  private final int most;
  private final Meaning meaning;
  private @Nullable String[] written = new String[64];
  private byte[] @Nullable [] bytes = new byte[64][];
  private int size;
  private int count;

  /**
   * @param most ids at most; a higher one is refused
   */
  TokenList(int most, Meaning meaning) {
    this.most = most;
    this.meaning = meaning;
  }

  /** One more than the highest id. */
  int size() {
    return size;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  boolean has(int id) {
    return id >= 0 && id < size && written[id] != null;
  }

  boolean has(int id, String token) {
    return id >= 0 && id < size && token.equals(written[id]);
  }

  /** As the file has it. */
  String written(int id) {
    String token = written[id];
    if (token == null) {
      throw new IllegalArgumentException("no token has id " + id);
    }
    return token;
  }

  /** What it stands for; not to be changed. */
  byte[] bytes(int id) {
    byte[] known = bytes[id];
    if (known == null) {
      known = meaning.of(id, written(id));
      bytes[id] = known;
    }
    return known;
  }

  void set(int id, String token) {
    if (id < 0) {
      throw damaged("token '" + token + "' has the negative id " + id);
    }
    if (id >= most) {
      throw damaged(
          "token '%s' has id %d, but there are only %d tokens".formatted(token, id, most));
    }
    if (has(id)) {
      throw damaged("tokens '%s' and '%s' both have id %d".formatted(written[id], token, id));
    }
    if (id >= written.length) {
      int room = Math.min(most, Math.max(id + 1, 2 * written.length));
      written = Arrays.copyOf(written, room);
      bytes = Arrays.copyOf(bytes, room);
    }
    written[id] = token;
    count++;
    size = Math.max(size, id + 1);
  }

  /**
   * Checks that every id up to the highest has a token.
   *
   * @throws WroughtException CORRUPT_FILE naming the one before the gap
   */
  void checkNoGaps() {
    for (int id = 0; id < size; id++) {
      if (written[id] == null) {
        throw damaged(
            "no token has id " + id + (id == 0 ? "" : ", the one after '" + written[id - 1] + "'"));
      }
    }
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }
}
