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
import dev.wrought.tokenizer.corpus.Position;
import dev.wrought.tokenizer.corpus.SourceSpec;
import dev.wrought.tokenizer.training.TrainingProgress.Phase;

/**
 * One pass over a corpus, or over a sample of it, which tells a {@link Tally} its documents. Where
 * an earlier attempt had got to does not matter here: all are read, so that duplicates are known
 * and what is left out can be told. For one thread and one use.
 */
final class Counting {
  private final Corpus corpus;
  private final TrainingRequest request;
  private final TrainingProgress progress;
  private final Tally tally;
  private final long expectedBytes;
  private final EvenSample sample;
  private final DropCounts dropped = new DropCounts();
  private Position position = Position.START;

  Counting(Corpus corpus, TrainingRequest request, Tally tally, TrainingProgress progress) {
    this.corpus = corpus;
    this.request = request;
    this.progress = progress;
    this.tally = tally;
    long total = corpus.totalBytes();
    boolean all = request.sampleBytes() == 0;
    this.sample = all ? EvenSample.all() : new EvenSample(request.sampleBytes(), total);
    this.expectedBytes = all ? total : Math.min(total, request.sampleBytes());
  }

  /**
   * @throws WroughtException INVALID_DATA if no document has a word
   */
  WordCounts count(int threads) {
    try (CorpusReader reader = new CorpusReader(corpus, threads)) {
      for (int source = 0; source < corpus.sources(); source++) {
        SourceSpec spec = corpus.source(source);
        reader.read(source, sample, document -> document, outcome -> accept(outcome, spec));
      }
    }
    WordCounts counts = tally.finish();
    if (counts.distinctWords() == 0) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "the corpus is empty: no document with text was found (left out: "
              + dropped
              + "); check its path, and --include, --exclude and --sample where they were given");
    }
    return counts;
  }

  /** What is known of the corpus so far. */
  TrainingState.Facts facts() {
    return new TrainingState.Facts(position.bytesRead(), dropped.counts(), tally.pruned());
  }

  private void accept(Outcome<Document> outcome, SourceSpec source) {
    position = position.after(outcome.bytes());
    if (outcome.result().isEmpty()) {
      dropped.count(outcome.dropReason());
    } else {
      count(outcome.result().get(), source);
    }
    double fraction = expectedBytes == 0 ? 0 : (double) position.bytesRead() / expectedBytes;
    progress.at(Phase.COUNTING, Math.min(1, fraction), position.bytesRead(), 0);
  }

  private void count(Document document, SourceSpec source) {
    int copies = source.copies(document.hash());
    if (copies == 0) {
      dropped.count(DropReason.WEIGHT);
    } else {
      position = position.counting(document.hash());
      tally.add(document.content(), copies, position);
    }
  }
}
