package dev.wrought.core.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The distinct words of a corpus as tokens, while merges are learnt. They lie in one array, one
 * after the other; where a word has become shorter there is a gap. For one thread.
 */
final class TrainingWords {
  private static final int GAP = -1;

  private final int[] tokens;

  /** Where each word begins, and where the last one ends. */
  private final int[] starts;

  private final long[] counts;
  private int size;

  private TrainingWords(int words, int tokens) {
    this.tokens = new int[tokens];
    this.starts = new int[words + 1];
    this.counts = new long[words];
  }

  /** The words as bytes. */
  static TrainingWords of(WordCounts counts) {
    int[] byteIds = byteIds();
    TrainingWords words =
        new TrainingWords(counts.distinctWords(), Math.toIntExact(counts.distinctBytes()));
    for (int number = 0; number < counts.distinctWords(); number++) {
      int at = words.add(counts.count(number));
      for (byte value : counts.word(number)) {
        words.tokens[at++] = byteIds[value & 0xFF];
      }
      words.starts[words.size] = at;
    }
    return words;
  }

  private static int[] byteIds() {
    int[] ids = new int[ByteAlphabet.SIZE];
    byte[][] ordered = ByteAlphabet.inOrder();
    for (int id = 0; id < ordered.length; id++) {
      ids[ordered[id][0] & 0xFF] = id;
    }
    return ids;
  }

  /** Begins a word. @return where its tokens go */
  private int add(long count) {
    counts[size++] = count;
    return starts[size - 1];
  }

  /** Closes the gaps, and forgets words that are one token by now: there is no pair in them. */
  void compact() {
    int kept = 0;
    int end = 0;
    for (int word = 0; word < size; word++) {
      int start = starts[word];
      int length = length(word);
      if (length > 1) {
        System.arraycopy(tokens, start, tokens, end, length);
        counts[kept] = counts[word];
        starts[kept++] = end;
        end += length;
      }
    }
    starts[kept] = end;
    size = kept;
  }

  private int length(int word) {
    int end = starts[word + 1];
    while (tokens[end - 1] == GAP) {
      end--;
    }
    return end - starts[word];
  }

  /** Counts all pairs of neighbours. There must be no gaps. */
  PairCounts countPairs() {
    PairCounts pairs = new PairCounts();
    for (int word = 0; word < size; word++) {
      for (int at = starts[word] + 1; at < starts[word + 1]; at++) {
        pairs.add(PairCounts.pair(tokens[at - 1], tokens[at]), counts[word]);
      }
    }
    return pairs;
  }

  /** Tells the pairs in which words they are. There must be no gaps. */
  void locate(FrequentPairs pairs) {
    for (int word = 0; word < size; word++) {
      for (int at = starts[word] + 1; at < starts[word + 1]; at++) {
        pairs.locate(pairs.find(PairCounts.pair(tokens[at - 1], tokens[at])), word);
      }
    }
  }

  /** Makes one token of a pair wherever it is, and puts the counts of the pairs around it right. */
  void merge(long pair, int merged, FrequentPairs pairs, Neighbours neighbours) {
    int left = PairCounts.left(pair);
    int right = PairCounts.right(pair);
    int[] affected = pairs.takeWords(pair);
    for (int word : affected) {
      merge(word, left, right, merged, neighbours);
    }
    if (neighbours.moveCounts(left, right, merged, pairs)) {
      for (int word : affected) {
        locate(word, merged, pairs, neighbours);
      }
    }
    neighbours.clear();
  }

  /** One pass over a word: it is read at {@code at} and written at {@code end}, never ahead. */
  private void merge(int word, int left, int right, int merged, Neighbours neighbours) {
    long count = counts[word];
    int start = starts[word];
    int limit = starts[word + 1];
    int end = start;
    int at = start;
    boolean afterMerged = false;
    while (at < limit && tokens[at] != GAP) {
      if (tokens[at] == left && at + 1 < limit && tokens[at + 1] == right) {
        if (afterMerged) {
          neighbours.twins(count);
        } else if (at > start) {
          neighbours.before(tokens[end - 1], count);
        }
        tokens[end++] = merged;
        at += 2;
        afterMerged = true;
      } else {
        if (afterMerged) {
          neighbours.behind(tokens[at], count);
        }
        tokens[end++] = tokens[at++];
        afterMerged = false;
      }
    }
    while (end < at) {
      tokens[end++] = GAP;
    }
  }

  /** Tells the new pairs that they are in this word, if they are. */
  private void locate(int word, int merged, FrequentPairs pairs, Neighbours neighbours) {
    int start = starts[word];
    int limit = starts[word + 1];
    for (int at = start; at < limit && tokens[at] != GAP; at++) {
      if (tokens[at] != merged) {
        continue;
      }
      if (at > start) {
        int token = tokens[at - 1];
        int entry = token == merged ? neighbours.twinsEntry() : neighbours.entryBefore(token);
        pairs.locate(entry, word);
      }
      if (at + 1 < limit && tokens[at + 1] != GAP && tokens[at + 1] != merged) {
        pairs.locate(neighbours.entryBehind(tokens[at + 1]), word);
      }
    }
  }

  /** Writes the words as they are now, to be read again. */
  void write(OutputStream out) throws IOException {
    long total = 0;
    for (int word = 0; word < size; word++) {
      total += length(word);
    }
    Leb128.write(out, size);
    Leb128.write(out, total);
    for (int word = 0; word < size; word++) {
      int length = length(word);
      Leb128.write(out, counts[word]);
      Leb128.write(out, length);
      for (int at = starts[word]; at < starts[word] + length; at++) {
        Leb128.write(out, tokens[at]);
      }
    }
  }

  /** Reads what was {@link #write written}. @throws IOException also if it is something else */
  static TrainingWords read(InputStream in) throws IOException {
    TrainingWords words = new TrainingWords(Leb128.readInt(in), Leb128.readInt(in));
    while (words.size < words.counts.length) {
      int at = words.add(Leb128.read(in));
      int end = at + Leb128.readInt(in);
      while (at < end) {
        words.tokens[at++] = Leb128.readInt(in);
      }
      words.starts[words.size] = end;
    }
    return words;
  }
}
