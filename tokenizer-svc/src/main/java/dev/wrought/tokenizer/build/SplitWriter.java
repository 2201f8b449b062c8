package dev.wrought.tokenizer.build;

import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Divides documents into training and held-out ones and writes both. A document is held out if its
 * hash, as a number from 0 to 1, lies below the fraction asked for: that depends on nothing but its
 * bytes, so a document stays on its side when others come or go, and equal ones are on the same
 * side.
 *
 * <p>Where a small corpus has no document below the fraction, the one with the lowest hash is held
 * out, so that there is always something to measure a model on. For one thread.
 */
final class SplitWriter implements AutoCloseable {
  private static final SplitCounts NOTHING = new SplitCounts(0, 0, 0, 0);

  private final Path folder;
  private final int vocabularySize;
  private final double validationFraction;
  private final ShardWriter train;
  private final ShardWriter validation;
  private SplitCounts trainCounts = NOTHING;
  private SplitCounts validationCounts = NOTHING;
  private double lowest = 1;
  private int lowestDocument;
  private SplitCounts lowestCounts = NOTHING;

  SplitWriter(Path folder, int vocabularySize, double validationFraction) throws IOException {
    this.folder = folder;
    this.vocabularySize = vocabularySize;
    this.validationFraction = validationFraction;
    this.train = ShardWriter.create(Dataset.trainPrefix(folder), vocabularySize);
    this.validation = ShardWriter.create(Dataset.validationPrefix(folder), vocabularySize);
  }

  void add(EncodedDocument document) throws IOException {
    double place = document.hash().fraction();
    if (place < validationFraction) {
      validation.add(document.ids());
      validationCounts = validationCounts.plus(document.counts());
      return;
    }
    if (place < lowest) {
      lowest = place;
      lowestDocument = train.documents();
      lowestCounts = document.counts();
    }
    train.add(document.ids());
    trainCounts = trainCounts.plus(document.counts());
  }

  SplitCounts trainCounts() {
    return trainCounts;
  }

  SplitCounts validationCounts() {
    return validationCounts;
  }

  long documents() {
    return trainCounts.documents() + validationCounts.documents();
  }

  long tokens() {
    return trainCounts.tokens() + validationCounts.tokens();
  }

  /**
   * Completes both splits.
   *
   * @throws WroughtException INVALID_DATA if there are not enough documents for two splits
   */
  void finish() throws IOException {
    if (documents() < 2 || trainCounts.documents() == 0) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "documents left: %d, of which %d would be held out; a dataset needs at least one to train on and one held out; add documents, or give a long text as a file of its own, which is cut into pieces"
              .formatted(documents(), validationCounts.documents()));
    }
    train.finish();
    if (validationCounts.documents() == 0) {
      holdOutLowest();
    } else {
      validation.finish();
    }
  }

  /** Writes the training split once more, without the document that is held out after all. */
  private void holdOutLowest() throws IOException {
    try (TokenShards all = TokenShards.open(Dataset.trainPrefix(folder));
        ShardWriter rest = ShardWriter.create(Dataset.trainPrefix(folder), vocabularySize)) {
      for (int document = 0; document < all.documents(); document++) {
        (document == lowestDocument ? validation : rest).add(all.document(document));
      }
      rest.finish();
      validation.finish();
    }
    trainCounts = trainCounts.minus(lowestCounts);
    validationCounts = lowestCounts;
  }

  @Override
  public void close() throws IOException {
    train.close();
    validation.close();
  }
}
