package dev.wrought.core.dataset;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of one split, memory-mapped: documents one after the other, each ending with the
 * end-of-text token, in as many shards as the split was written in. Whoever reads sees one sequence
 * of documents and one of tokens. Reading costs no heap but the caller's array.
 *
 * <p>Safe for use by many threads; closing while one reads makes that read fail.
 */
public final class TokenShards implements AutoCloseable {
  private final Arena arena;
  private final List<TokenShard> shards = new ArrayList<>();

  /** The first token of each shard, and how many all have. */
  private final long[] firstTokens;

  /** The first document of each shard, and how many all have. */
  private final long[] firstDocuments;

  private TokenShards(Arena arena, Path split) throws IOException {
    this.arena = arena;
    shards.add(TokenShard.open(split, arena));
    Path next = shardPrefix(split, 1);
    while (TokenShard.exists(next)) {
      shards.add(TokenShard.open(next, arena));
      next = shardPrefix(split, shards.size());
    }
    this.firstTokens = new long[shards.size() + 1];
    this.firstDocuments = new long[shards.size() + 1];
    for (int shard = 0; shard < shards.size(); shard++) {
      ShardIndex index = shards.get(shard).index();
      firstTokens[shard + 1] = firstTokens[shard] + index.tokens();
      firstDocuments[shard + 1] = Math.addExact((int) firstDocuments[shard], index.documents());
    }
  }

  /**
   * Maps {@code split.bin} and {@code split.idx}, and those of the shards after it as far as there
   * are any.
   *
   * @throws dev.wrought.core.error.WroughtException CORRUPT_FILE where they are not intact or do
   *     not fit each other
   */
  @SuppressWarnings("MustBeClosedChecker") // The shards own the arena, and close it.
  public static TokenShards open(Path split) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return new TokenShards(arena, split);
    } catch (IOException | RuntimeException failure) {
      arena.close();
      throw failure;
    }
  }

  /**
   * Where a split's n-th shard lies or is to be written: the first has the split's own name, the
   * next ones a number behind it, {@code train-00001}.
   */
  public static Path shardPrefix(Path split, int number) {
    return TokenShard.prefix(split, number);
  }

  /** How many tokens all documents have, ends of text included. */
  public long tokens() {
    return firstTokens[shards.size()];
  }

  /** How many documents there are. */
  public int documents() {
    return (int) firstDocuments[shards.size()];
  }

  /** Where a document's first token is, counted in tokens. */
  public long documentOffset(int document) {
    checkDocument(document);
    int shard = shardOf(firstDocuments, document);
    return firstTokens[shard] + start(shard, document);
  }

  /** How many tokens a document has, its end of text included. */
  public int documentLength(int document) {
    checkDocument(document);
    int shard = shardOf(firstDocuments, document);
    return Math.toIntExact(start(shard, document + 1) - start(shard, document));
  }

  /** Where a document begins within its shard; for the one after its last, where that ends. */
  private long start(int shard, int document) {
    return shards.get(shard).index().documentStart((int) (document - firstDocuments[shard]));
  }

  /** A document's tokens, its end of text included. */
  public int[] document(int document) {
    int[] ids = new int[documentLength(document)];
    read(documentOffset(document), ids);
    return ids;
  }

  /** Fills an array with the tokens from an offset on, across documents and shards. */
  public void read(long offset, int[] into) {
    if (offset < 0 || offset > tokens() - into.length) {
      throw new IndexOutOfBoundsException(
          "%d tokens from %d on, of %d".formatted(into.length, offset, tokens()));
    }
    int done = 0;
    for (int shard = shardOf(firstTokens, offset); done < into.length; shard++) {
      long at = offset + done - firstTokens[shard];
      long left = firstTokens[shard + 1] - firstTokens[shard] - at;
      int count = (int) Math.min(left, into.length - done);
      shards.get(shard).read(at, into, done, count);
      done += count;
    }
  }

  /** The shard with this token or document: the last that begins there or before. */
  private static int shardOf(long[] firsts, long wanted) {
    int found = Arrays.binarySearch(firsts, wanted + 1);
    return (found < 0 ? -found - 1 : firstOf(firsts, found)) - 1;
  }

  /** Shards without tokens begin where the next one does. */
  private static int firstOf(long[] firsts, int found) {
    int first = found;
    while (first > 0 && firsts[first - 1] == firsts[found]) {
      first--;
    }
    return first;
  }

  /** Unmaps the files. */
  @Override
  public void close() {
    arena.close();
  }

  private void checkDocument(int document) {
    if (document < 0 || document >= documents()) {
      throw new IndexOutOfBoundsException("document " + document + " of " + documents());
    }
  }
}
