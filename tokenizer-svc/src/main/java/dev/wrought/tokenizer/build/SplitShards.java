package dev.wrought.tokenizer.build;

import dev.wrought.core.dataset.TokenShards;
import dev.wrought.tokenizer.corpus.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One split: the shards that an earlier attempt has finished, whose documents are met again but not
 * written, and those that come after. For one thread.
 */
final class SplitShards implements AutoCloseable {
  private static final int READ_TOKENS = 1 << 16;

  private final UnfinishedBuild build;
  private final Split split;
  private final ShardSpec spec;
  private final long writtenBefore;
  private final Map<String, String> earlierFiles = new HashMap<>();
  private Optional<TokenShards> earlier;
  private ShardSequence later;
  private int documents;

  SplitShards(UnfinishedBuild build, Split split, ShardSpec spec) throws IOException {
    this.build = build;
    this.split = split;
    this.spec = spec;
    List<FinishedShard> finished = build.earlier(split);
    finished.forEach(shard -> earlierFiles.putAll(shard.files()));
    this.writtenBefore = finished.isEmpty() ? 0 : finished.getLast().end().documents();
    this.earlier = finished.isEmpty() ? Optional.empty() : Optional.of(TokenShards.open(prefix()));
    this.later = sequence(finished.size());
  }

  private ShardSequence sequence(int existing) {
    return new ShardSequence(prefix(), existing, spec, shard -> build.finished(split, shard));
  }

  private Path prefix() {
    return split.prefix(build.files());
  }

  /**
   * Whether the tokens of a document are not in a shard yet. Thread-safe.
   *
   * @param place in the corpus, behind the document
   */
  boolean needsTokens(long place) {
    return place > writtenBefore;
  }

  /** Adds a document. @return how many tokens it has */
  int add(int[] ids, Position place) throws IOException {
    int document = documents++;
    if (needsTokens(place.documents())) {
      later.add(ids, place);
      return ids.length;
    }
    if (earlier.isEmpty() || document >= earlier.get().documents()) {
      throw build.corpusChanged(
          "more of its first %d documents are of the split %s"
              .formatted(writtenBefore, split.name().toLowerCase(Locale.ROOT)));
    }
    return earlier.get().documentLength(document);
  }

  /** Adds a document behind all others, which is not met again by another attempt. */
  void append(int[] ids) throws IOException {
    later.add(ids, Position.START);
    documents++;
  }

  /** How many documents were added. */
  int documents() {
    return documents;
  }

  /** Waits until all shards are on the disk. */
  void finish() throws IOException {
    later.finish();
  }

  /**
   * Writes further copies behind the documents: the second ones, then the third ones.
   *
   * @param copies how often each document is wanted in all
   */
  void repeat(int[] copies) throws IOException {
    int mostCopies = Arrays.stream(copies, 0, documents).max().orElse(1);
    try (TokenShards once = TokenShards.open(prefix())) {
      for (int copy = 1; copy < mostCopies; copy++) {
        for (int document = 0; document < documents; document++) {
          if (copies[document] > copy) {
            later.add(once.document(document), Position.START);
          }
        }
      }
      later.finish();
    }
  }

  /** Writes all shards anew without one document. @return its tokens */
  int[] remove(int removed) throws IOException {
    Set<String> before = files().keySet();
    try (TokenShards all = TokenShards.open(prefix())) {
      forgetEarlier();
      later = sequence(0);
      for (int document = 0; document < documents; document++) {
        if (document != removed) {
          later.add(all.document(document), Position.START);
        }
      }
      later.finish();
      documents--;
      before.removeAll(later.files().keySet());
      for (String file : before) {
        Files.delete(build.files().resolve(file));
      }
      return all.document(removed);
    }
  }

  private void forgetEarlier() {
    earlier.ifPresent(TokenShards::close);
    earlier = Optional.empty();
    earlierFiles.clear();
  }

  /** SHA-256 of all files that are finished, by name. */
  Map<String, String> files() {
    Map<String, String> all = new HashMap<>(earlierFiles);
    all.putAll(later.files());
    return all;
  }

  /** How often each token occurs in the shards that are finished. */
  long[] occurrences() {
    long[] all = later.occurrences().clone();
    long tokens = earlier.map(TokenShards::tokens).orElse(0L);
    for (long offset = 0; offset < tokens; offset += READ_TOKENS) {
      int[] ids = new int[(int) Math.min(READ_TOKENS, tokens - offset)];
      earlier.orElseThrow().read(offset, ids);
      for (int id : ids) {
        all[id]++;
      }
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    forgetEarlier();
    later.close();
  }
}
