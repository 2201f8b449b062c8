package dev.wrought.tokenizer.corpus;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which documents came before. Documents are fingerprinted on any thread and asked about in order,
 * one after the other: of equal ones the first is kept, whatever the number of threads.
 */
final class Deduplication {
  private static final int[] NONE = {};

  private final boolean exact;
  private final Set<ContentHash> seen = new HashSet<>();

  Deduplication(CorpusSpec spec) {
    this.exact = spec.deduplicate();
  }

  /** Does what is costly. Thread-safe. */
  Fingerprinted fingerprint(Document document) {
    return new Fingerprinted(document, NONE);
  }

  /** Why a document is left out, if it is. For one thread at a time, in the corpus' order. */
  Optional<String> reasonAgainst(Fingerprinted next) {
    return exact && !seen.add(next.document().hash())
        ? Optional.of(DropReason.DUPLICATE)
        : Optional.empty();
  }
}
