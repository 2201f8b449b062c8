package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * All tokens of a tokenizer by id, its model's and the added ones: as a file writes them, and the
 * bytes that they are decoded to. There are no gaps. Thread-safe.
 *
 * <p>The bytes are made when they are first asked for: who only encodes need not wait for them.
 */
final class Vocabulary {
  private final Model model;
  private final Map<Integer, String> added = new HashMap<>();
  private final Decoding decoding;
  private final int size;
  private final AtomicReferenceArray<byte @Nullable []> bytes;

  /**
   * @throws WroughtException CORRUPT_FILE, naming the token, if ids clash or are missing, or a
   *     special token has no name
   */
  Vocabulary(Model model, List<AddedToken> added, Decoding decoding) {
    this.model = model;
    this.decoding = decoding;
    int most = model.tokens().count() + added.size();
    added.forEach(token -> add(token, most));
    this.size =
        added.stream().mapToInt(token -> token.id() + 1).reduce(model.tokens().size(), Math::max);
    checkIds(most);
    this.bytes = new AtomicReferenceArray<>(size);
  }

  /** One more than the highest id. */
  int size() {
    return size;
  }

  boolean has(int id) {
    return model.tokens().has(id) || added.containsKey(id);
  }

  /** As the file has it. */
  String written(int id) {
    String name = added.get(id);
    return name == null ? model.tokens().written(id) : name;
  }

  /** What it is decoded to; not to be changed. */
  byte[] bytes(int id) {
    byte[] known = bytes.getAcquire(id);
    if (known == null) {
      String name = added.get(id);
      known =
          name == null ? decoding.bytesOf(model.bytes(id)) : name.getBytes(StandardCharsets.UTF_8);
      bytes.setRelease(id, known);
    }
    return known;
  }

  private void add(AddedToken token, int most) {
    int id = token.id();
    String name = token.content();
    if (token.special() && name.isEmpty()) {
      throw damaged("the special token with id %d has no name".formatted(id));
    }
    if (id < 0) {
      throw damaged("token '%s' has the negative id %d".formatted(name, id));
    }
    checkBelow(most, id, name);
    String other = added.put(id, name);
    if (other != null || (model.tokens().has(id) && !model.tokens().written(id).equals(name))) {
      throw damaged(
          "tokens '%s' and '%s' both have id %d"
              .formatted(name, other == null ? model.tokens().written(id) : other, id));
    }
  }

  /** There are no more ids than tokens, and every one up to the highest has a token. */
  private void checkIds(int most) {
    for (int id = most; id < size; id++) {
      if (has(id)) {
        checkBelow(most, id, written(id));
      }
    }
    for (int id = 0; id < size; id++) {
      if (!has(id)) {
        throw damaged(
            "no token has id " + id + (id == 0 ? "" : ", the one after '" + written(id - 1) + "'"));
      }
    }
  }

  private static void checkBelow(int most, int id, String name) {
    if (id >= most) {
      throw damaged("token '%s' has id %d, but there are only %d tokens".formatted(name, id, most));
    }
  }

  private static WroughtException damaged(String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, why);
  }
}
