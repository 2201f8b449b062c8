package dev.wrought.tokenizer.build;

import dev.wrought.tokenizer.corpus.Position;
import java.util.Map;

/**
 * A shard that is on the disk under its name.
 *
 * @param documents in it
 * @param end the place in the corpus behind the last of them
 * @param files SHA-256 of its two files, by name
 */
record FinishedShard(int documents, Position end, Map<String, String> files) {
  FinishedShard {
    files = Map.copyOf(files);
  }
}
