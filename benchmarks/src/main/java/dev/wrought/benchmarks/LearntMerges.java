package dev.wrought.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The merges of a BPE tokenizer, in the order in which they were learnt: each its two tokens with a
 * space between.
 */
record LearntMerges(List<String> merges) {
  LearntMerges {
    merges = List.copyOf(merges);
  }

  /** Those of a {@code tokenizer.json}. */
  static LearntMerges of(Path file) {
    JsonNode written;
    try {
      written = new ObjectMapper().readTree(file.toFile()).at("/model/merges");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    List<String> merges = new ArrayList<>();
    written.forEach(merge ->
        merges.add(
            merge.isArray()
                ? merge.path(0).asText() + " " + merge.path(1).asText()
                : merge.asText()));
    return new LearntMerges(merges);
  }

  int count() {
    return merges.size();
  }

  /** How many are the same in another's, in the same place. */
  int sameAs(LearntMerges other) {
    int same = 0;
    for (int i = 0; i < Math.min(count(), other.count()); i++) {
      same += merges.get(i).equals(other.merges.get(i)) ? 1 : 0;
    }
    return same;
  }

  /**
   * Checks them against those of Hugging Face's trainer. It takes the most frequent pair, and of
   * equally frequent ones that of the lowest ids, as ours does: no merge may differ.
   *
   * @throws WroughtException INTERNAL_ERROR, with the first that does
   */
  void checkAre(LearntMerges theirs) {
    for (int i = 0; i < Math.max(count(), theirs.count()); i++) {
      if (!at(i).equals(theirs.at(i))) {
        throw new WroughtException(
            ErrorCode.INTERNAL_ERROR,
            "merge %,d is '%s' and by Hugging Face's trainer '%s': they have counted otherwise, since ties are broken alike"
                .formatted(i + 1, at(i), theirs.at(i)));
      }
    }
  }

  private String at(int merge) {
    return merge < count() ? merges.get(merge) : "";
  }
}
