package dev.wrought.tokenizer.build;

import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Divides documents into training and held-out ones and writes both. A document is held out if its
 * hash, as a number from 0 to 1, lies below the fraction asked for: that depends on nothing but its
 * bytes, so a document stays on its side when others come or go, and equal ones are on the same
 * side.
 *
 * <p>A held-out document appears once. One to train on may appear several times: its second copy
 * comes after the first copies of all, so that no window holds two of them.
 *
 * <p>Where a small corpus has no document below the fraction, the one with the lowest hash is held
 * out, so that there is always something to measure a model on. For one thread.
 */
final class SplitWriter implements AutoCloseable {
  private static final int NONE = -1;
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
  private int[] copies = new int[1024];
  private int mostCopies = 1;

  SplitWriter(Path folder, int vocabularySize, double validationFraction) throws IOException {
    this.folder = folder;
    this.vocabularySize = vocabularySize;
    this.validationFraction = validationFraction;
    this.train = ShardWriter.create(Dataset.trainPrefix(folder), vocabularySize);
    this.validation = ShardWriter.create(Dataset.validationPrefix(folder), vocabularySize);
  }

  /**
   * Adds a document.
   *
   * @param times it is to be trained on
   * @return whether it has a place: one to train on no times has none
   */
  boolean add(EncodedDocument document, int times) throws IOException {
    double place = document.hash().fraction();
    if (place < validationFraction) {
      validation.add(document.ids());
      validationCounts = validationCounts.plus(document.counts());
      return true;
    }
    if (times == 0) {
      return false;
    }
    if (place < lowest) {
      lowest = place;
      lowestDocument = train.documents();
      lowestCounts = document.counts();
    }
    if (train.documents() == copies.length) {
      copies = Arrays.copyOf(copies, 2 * copies.length);
    }
    copies[train.documents()] = times;
    mostCopies = Math.max(mostCopies, times);
    train.add(document.ids());
    trainCounts = trainCounts.plus(document.counts().times(times));
    return true;
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
    long different = train.documents() + validationCounts.documents();
    if (different < 2 || train.documents() == 0) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "documents left: %d, of which %d would be held out; a dataset needs at least one to train on and one held out; add documents, or give a long text as a file of its own, which is cut into pieces"
              .formatted(different, validationCounts.documents()));
    }
    train.finish();
    if (validationCounts.documents() == 0) {
      rewriteTrain(lowestDocument);
      trainCounts = trainCounts.minus(lowestCounts.times(copies[lowestDocument]));
      validationCounts = lowestCounts;
    } else if (mostCopies > 1) {
      rewriteTrain(NONE);
    }
    validation.finish();
  }

  /**
   * Writes the training split once more, copy after copy, without a document held out after all.
   */
  private void rewriteTrain(int heldOut) throws IOException {
    try (TokenShards all = TokenShards.open(Dataset.trainPrefix(folder));
        ShardWriter rest = ShardWriter.create(Dataset.trainPrefix(folder), vocabularySize)) {
      for (int copy = 0; copy < mostCopies; copy++) {
        for (int document = 0; document < all.documents(); document++) {
          if (copies[document] > copy && document != heldOut) {
            rest.add(all.document(document));
          }
        }
      }
      if (heldOut != NONE) {
        validation.add(all.document(heldOut));
      }
      rest.finish();
    }
  }

  @Override
  public void close() throws IOException {
    train.close();
    validation.close();
  }
}
