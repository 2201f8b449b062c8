package dev.wrought.tokenizer.training;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.WordCounts;
import dev.wrought.tokenizer.corpus.Corpus;
import dev.wrought.tokenizer.corpus.CorpusReader;
import dev.wrought.tokenizer.corpus.Document;
import dev.wrought.tokenizer.corpus.DropCounts;
import dev.wrought.tokenizer.corpus.DropReason;
import dev.wrought.tokenizer.corpus.EvenSample;
import dev.wrought.tokenizer.corpus.Outcome;
import dev.wrought.tokenizer.corpus.SourceSpec;
import dev.wrought.tokenizer.training.TrainingProgress.Phase;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Counts the words of a corpus, or of a sample of it, on several threads. For one use. */
final class Counting {
  private final Corpus corpus;
  private final TrainingProgress progress;
  private final long expectedBytes;
  private final EvenSample sample;

  /** Counts are sums, so it does not matter which thread's gets which document. */
  private final Queue<WordCounts> idle = new ConcurrentLinkedQueue<>();

  private final DropCounts dropped = new DropCounts();
  private long bytesRead;

  Counting(Corpus corpus, TrainingRequest request, TrainingProgress progress) {
    this.corpus = corpus;
    this.progress = progress;
    long total = corpus.totalBytes();
    boolean all = request.sampleBytes() == 0;
    this.sample = all ? EvenSample.all() : new EvenSample(request.sampleBytes(), total);
    this.expectedBytes = all ? total : Math.min(total, request.sampleBytes());
  }

  /** Documents that were not counted, by reason. */
  Map<String, Long> dropped() {
    return dropped.counts();
  }

  /** Bytes of the documents looked at so far, before filters. */
  long bytesRead() {
    return bytesRead;
  }

  /**
   * @throws WroughtException INVALID_DATA if no document has a word
   */
  WordCounts count(int threads) {
    try (CorpusReader reader = new CorpusReader(corpus, threads)) {
      for (int source = 0; source < corpus.sources(); source++) {
        SourceSpec spec = corpus.source(source);
        reader.read(source, sample, document -> countOne(document, spec), this::counted);
      }
    }
    WordCounts sum = new WordCounts();
    idle.forEach(sum::add);
    if (sum.distinctWords() == 0) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "the corpus is empty: no document with text was found (left out: "
              + dropped
              + "); check its path, and --include, --exclude and --sample where they were given");
    }
    return sum;
  }

  /**
   * @return how many times it was counted
   */
  private int countOne(Document document, SourceSpec source) {
    int copies = source.copies(document.hash());
    WordCounts mine = idle.poll();
    WordCounts counts = mine == null ? new WordCounts() : mine;
    counts.add(document.content(), copies);
    idle.add(counts);
    return copies;
  }

  private void counted(Outcome<Integer> outcome) {
    bytesRead += outcome.bytes();
    if (outcome.result().isEmpty()) {
      dropped.count(outcome.dropReason());
    } else if (outcome.result().get() == 0) {
      dropped.count(DropReason.WEIGHT);
    }
    double fraction = expectedBytes == 0 ? 0 : (double) bytesRead / expectedBytes;
    progress.at(Phase.COUNTING, Math.min(1, fraction), bytesRead, 0);
  }
}
