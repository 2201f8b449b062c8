package dev.wrought.core.tokenizer;

import dev.wrought.core.text.Characters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds added tokens in text: the leftmost, and of several there the longest. Immutable. */
final class AddedTokenSearch {
  private record Candidate(byte[] content, AddedToken token) {}

  /** Takes a text's parts in order: plain ones, and those that an added token stands for. */
  interface Parts {
    void plain(int from, int to);

    void token(int id, int from, int to);
  }

  private static final Candidate[] NONE = {};

  /** By first byte, longest first. */
  private final Candidate[][] candidates = new Candidate[256][];

  private final boolean empty;

  /**
   * @param contents the bytes by which each is found
   */
  AddedTokenSearch(List<AddedToken> tokens, Function<AddedToken, byte[]> contents) {
    List<List<Candidate>> byFirstByte = new ArrayList<>();
    for (int value = 0; value < candidates.length; value++) {
      byFirstByte.add(new ArrayList<>());
    }
    for (AddedToken token : tokens) {
      byte[] content = contents.apply(token);
      if (content.length > 0) {
        byFirstByte.get(content[0] & 0xFF).add(new Candidate(content, token));
      }
    }
    for (int value = 0; value < candidates.length; value++) {
      List<Candidate> starting = byFirstByte.get(value);
      starting.sort(Comparator.comparingInt(candidate -> -candidate.content().length));
      candidates[value] = starting.isEmpty() ? NONE : starting.toArray(NONE);
    }
    this.empty = tokens.isEmpty();
  }

  /** Whether it finds nothing in any text. */
  boolean isEmpty() {
    return empty;
  }

  /** Divides the part of a text. */
  void divide(byte[] text, int from, int to, Parts parts) {
    int plainFrom = from;
    int at = from;
    while (at < to && !empty) {
      Candidate match = matchAt(text, at, to);
      if (match == null) {
        at++;
        continue;
      }
      int end = at + match.content().length;
      if (!match.token().rules().singleWord() || isSingleWord(text, from, at, end, to)) {
        AddedToken.Rules rules = match.token().rules();
        int start = rules.lstrip() ? Characters.spaceStart(text, plainFrom, at) : at;
        int stop = rules.rstrip() ? Characters.spaceEnd(text, end, to) : end;
        if (start > plainFrom) {
          parts.plain(plainFrom, start);
        }
        parts.token(match.token().id(), start, stop);
        plainFrom = stop;
        end = stop;
      }
      at = end;
    }
    if (plainFrom < to) {
      parts.plain(plainFrom, to);
    }
  }

  private static boolean isSingleWord(byte[] text, int from, int start, int end, int to) {
    return !Characters.isWordBefore(text, from, start) && !Characters.isWordAt(text, end, to);
  }

  private @Nullable Candidate matchAt(byte[] text, int at, int to) {
    for (Candidate candidate : candidates[text[at] & 0xFF]) {
      int end = at + candidate.content().length;
      if (end <= to
          && Arrays.equals(text, at, end, candidate.content(), 0, candidate.content().length)) {
        return candidate;
      }
    }
    return null;
  }
}
