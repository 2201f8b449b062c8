package dev.wrought.core.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds added tokens in text: the leftmost, and of several there the longest. Immutable. */
final class SpecialTokenSearch {
  private record Candidate(byte[] content, int id) {}

  private static final Candidate[] NONE = {};

  /** By first byte, longest first. */
  private final Candidate[][] candidates = new Candidate[256][];

  SpecialTokenSearch(List<AddedToken> tokens) {
    List<List<Candidate>> byFirstByte = new ArrayList<>();
    for (int value = 0; value < candidates.length; value++) {
      byFirstByte.add(new ArrayList<>());
    }
    for (AddedToken token : tokens) {
      byte[] content = token.content().getBytes(StandardCharsets.UTF_8);
      byFirstByte.get(content[0] & 0xFF).add(new Candidate(content, token.id()));
    }
    for (int value = 0; value < candidates.length; value++) {
      List<Candidate> starting = byFirstByte.get(value);
      starting.sort(Comparator.comparingInt(candidate -> -candidate.content().length));
      candidates[value] = starting.isEmpty() ? NONE : starting.toArray(NONE);
    }
  }

  /** Appends a text's tokens, each added token as its id and what lies between as plain text. */
  void encode(byte[] text, BpeEncoder encoder) {
    int plainFrom = 0;
    int at = 0;
    while (at < text.length) {
      Candidate match = matchAt(text, at);
      if (match == null) {
        at++;
      } else {
        encoder.add(text, plainFrom, at);
        encoder.add(match.id());
        at += match.content().length;
        plainFrom = at;
      }
    }
    encoder.add(text, plainFrom, text.length);
  }

  private @Nullable Candidate matchAt(byte[] text, int at) {
    for (Candidate candidate : candidates[text[at] & 0xFF]) {
      int end = at + candidate.content().length;
      if (end <= text.length
          && Arrays.equals(text, at, end, candidate.content(), 0, candidate.content().length)) {
        return candidate;
      }
    }
    return null;
  }
}
