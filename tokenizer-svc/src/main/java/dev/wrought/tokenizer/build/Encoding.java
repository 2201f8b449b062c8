package dev.wrought.tokenizer.build;

import dev.wrought.core.dataset.DatasetFacts.SourceFacts;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.tokenizer.build.BuildProgress.Phase;
import dev.wrought.tokenizer.corpus.Corpus;
import dev.wrought.tokenizer.corpus.CorpusReader;
import dev.wrought.tokenizer.corpus.Document;
import dev.wrought.tokenizer.corpus.DropCounts;
import dev.wrought.tokenizer.corpus.DropReason;
import dev.wrought.tokenizer.corpus.EvenSample;
import dev.wrought.tokenizer.corpus.Outcome;
import dev.wrought.tokenizer.corpus.Position;
import dev.wrought.tokenizer.corpus.SourceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One pass over a corpus into the splits, with its counts. For one thread and one use. */
final class Encoding {
  private final Corpus corpus;
  private final UnfinishedBuild build;
  private final SplitWriter splits;
  private final BuildProgress progress;
  private final long totalBytes;
  private final DropCounts dropped = new DropCounts();
  private final List<SourceFacts> sources = new ArrayList<>();
  private Position position = Position.START;

  Encoding(Corpus corpus, UnfinishedBuild build, SplitWriter splits, BuildProgress progress) {
    this.corpus = corpus;
    this.build = build;
    this.splits = splits;
    this.progress = progress;
    this.totalBytes = corpus.totalBytes();
  }

  void run(CorpusReader reader, Tokenizer tokenizer) {
    for (int source = 0; source < corpus.sources(); source++) {
      SourceSpec spec = corpus.source(source);
      Position begin = position;
      reader.read(
          source,
          EvenSample.all(),
          document -> encode(document, begin, spec, tokenizer),
          outcome -> accept(outcome, spec));
      sources.add(
          new SourceFacts(
              spec.path(),
              spec.resolvedKind(),
              position.documents() - begin.documents(),
              position.bytesRead() - begin.bytesRead(),
              spec.weight()));
    }
    build.checkEnd(position);
  }

  private EncodedDocument encode(
      Document document, Position begin, SourceSpec source, Tokenizer tokenizer) {
    long place = begin.documents() + document.number() + 1;
    return splits.needsTokens(document.hash(), source.copies(document.hash()), place)
        ? EncodedDocument.of(document, tokenizer)
        : EncodedDocument.withoutTokens(document);
  }

  private void accept(Outcome<EncodedDocument> outcome, SourceSpec source) {
    position = position.after(outcome.bytes());
    if (outcome.result().isEmpty()) {
      dropped.count(outcome.dropReason());
    } else {
      write(outcome.result().get(), source);
    }
    build.check(position);
    report(Phase.ENCODING);
  }

  private void write(EncodedDocument document, SourceSpec source) {
    position = position.counting(document.hash());
    try {
      if (!splits.add(document, source.copies(document.hash()), position)) {
        dropped.count(DropReason.WEIGHT);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure); // which the reader would take for the source's
    }
  }

  void report(Phase phase) {
    double fraction = totalBytes == 0 ? 0 : Math.min(1, (double) position.bytesRead() / totalBytes);
    progress.at(
        phase,
        phase == Phase.ENCODING ? fraction : 0,
        position.bytesRead(),
        splits.documents(),
        splits.tokens());
  }

  List<SourceFacts> sources() {
    return sources;
  }

  Map<String, Long> dropped() {
    return dropped.counts();
  }
}
