package dev.wrought.tokenizer.corpus;

import java.util.Optional;

/**
 * Which documents came before. Documents are fingerprinted on any thread and asked about in order,
 * one after the other: of equal ones the first is kept, whatever the number of threads.
 *
 * <p>Memory for each document that is kept: at most 64 bytes to know equal ones, and half a KiB to
 * know similar ones ({@link NearDuplicates}), where either is asked for.
 */
final class Deduplication {
  private static final int[] NONE = {};

  private final boolean exact;
  private final SeenDocuments seen = new SeenDocuments();
  private final Optional<NearDuplicates> near;

  Deduplication(CorpusSpec spec) {
    this.exact = spec.deduplicate();
    this.near =
        spec.nearDuplicates() == 0
            ? Optional.empty()
            : Optional.of(new NearDuplicates(spec.nearDuplicates()));
  }

  /** Does what is costly. Thread-safe. */
  Fingerprinted fingerprint(Document document) {
    return new Fingerprinted(
        document, near.isPresent() ? MinHash.signature(document.content()) : NONE);
  }

  /** Why a document is left out, if it is. For one thread at a time, in the corpus' order. */
  Optional<String> reasonAgainst(Fingerprinted next) {
    if (exact && !seen.add(next.document().hash())) {
      return Optional.of(DropReason.DUPLICATE);
    }
    return near.isPresent() && near.get().hasSeen(next.signature())
        ? Optional.of(DropReason.NEAR_DUPLICATE)
        : Optional.empty();
  }
}
