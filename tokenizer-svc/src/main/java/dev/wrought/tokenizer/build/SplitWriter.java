package dev.wrought.tokenizer.build;

import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.tokenizer.corpus.ContentHash;
import dev.wrought.tokenizer.corpus.Position;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

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
  private static final SplitCounts NOTHING = new SplitCounts(0, 0, 0, 0);

  private final UnfinishedBuild build;
  private final double validationFraction;
  private final SplitShards train;
  private final SplitShards validation;
  private SplitCounts trainCounts = NOTHING;
  private SplitCounts validationCounts = NOTHING;
  private double lowest = 1;
  private int lowestDocument;
  private SplitCounts lowestCounts = NOTHING;
  private int[] copies = new int[1024];

  SplitWriter(UnfinishedBuild build, ShardSpec shards, double validationFraction)
      throws IOException {
    this.build = build;
    this.validationFraction = validationFraction;
    this.train = new SplitShards(build, Split.TRAIN, shards);
    try {
      this.validation = new SplitShards(build, Split.VALIDATION, shards);
    } catch (IOException | RuntimeException failure) {
      train.close();
      throw failure;
    }
  }

  private boolean isHeldOut(ContentHash document) {
    return document.fraction() < validationFraction;
  }

  /**
   * Whether a document has a place, and its tokens are not there yet. Thread-safe.
   *
   * @param times it is to be trained on
   * @param place in the corpus, behind the document
   */
  boolean needsTokens(ContentHash document, int times, long place) {
    return isHeldOut(document)
        ? validation.needsTokens(place)
        : times > 0 && train.needsTokens(place);
  }

  /**
   * Adds a document.
   *
   * @param times it is to be trained on
   * @param place in the corpus, behind the document
   * @return whether it has a place: one to train on no times has none
   */
  boolean add(EncodedDocument document, int times, Position place) throws IOException {
    if (isHeldOut(document.hash())) {
      int tokens = validation.add(document.ids(), place);
      validationCounts = validationCounts.plus(document.counts(tokens));
      return true;
    }
    if (times == 0) {
      return false;
    }
    if (train.documents() == copies.length) {
      copies = Arrays.copyOf(copies, 2 * copies.length);
    }
    copies[train.documents()] = times;
    int number = train.documents();
    SplitCounts counts = document.counts(train.add(document.ids(), place));
    trainCounts = trainCounts.plus(counts.times(times));
    if (document.hash().fraction() < lowest) {
      lowest = document.hash().fraction();
      lowestDocument = number;
      lowestCounts = counts;
    }
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
    validation.finish();
    build.documentsAreWritten();
    if (validation.documents() == 0) {
      holdOutLowest();
    }
    train.repeat(copies);
  }

  private void holdOutLowest() throws IOException {
    build.shardsChange();
    validation.append(train.remove(lowestDocument));
    validation.finish();
    trainCounts = trainCounts.minus(lowestCounts.times(copies[lowestDocument]));
    validationCounts = lowestCounts;
    System.arraycopy(
        copies, lowestDocument + 1, copies, lowestDocument, train.documents() - lowestDocument);
  }

  /** SHA-256 of the files of both, by name. */
  Map<String, String> files() {
    Map<String, String> files = new HashMap<>(train.files());
    files.putAll(validation.files());
    return files;
  }

  /** How often each token occurs in both. */
  long[] occurrences() {
    long[] all = train.occurrences();
    long[] more = validation.occurrences();
    for (int id = 0; id < all.length; id++) {
      all[id] += more[id];
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    try (train;
        validation) {
      // Each closes what it has open, also when the other cannot.
    }
  }
}
