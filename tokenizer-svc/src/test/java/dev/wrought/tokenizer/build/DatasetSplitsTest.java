package dev.wrought.tokenizer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.tokenizer.corpus.Corpora;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which documents are held out, and how often the others are trained on. */
class DatasetSplitsTest extends NumberedTextBuilds {
  @Test
  void build_moreDocuments_leaveOthersOnTheirSide() throws IOException {
    List<String> before = texts(build(2, Corpora.of(texts), 0.1).validation());
    Path more =
        Corpora.write(home.resolve("more"), Map.of("x", "another text", "y", "and one more"));
    List<String> after = texts(build(2, Corpora.of(texts, more), 0.1).validation());
    assertTrue(after.containsAll(before));
  }

  @Test
  void build_weight_isHowOftenADocumentIsTrainedOn() throws IOException {
    Dataset once = build(2, weighted(1), 0.1);
    List<String> heldOut = texts(once.validation());
    List<String> train = texts(once.train());
    Dataset twice = build(2, weighted(2), 0.1);
    assertEquals(heldOut, texts(twice.validation()));
    List<String> doubled = new ArrayList<>(train);
    doubled.addAll(train);
    assertEquals(doubled, texts(twice.train()));
    assertEquals(once.facts().train().times(2), twice.facts().train());
    assertEquals(2, twice.facts().corpus().sources().getFirst().weight());

    Dataset half = build(2, weighted(0.5), 0.1);
    List<String> some = texts(half.train());
    assertEquals(heldOut, texts(half.validation()));
    assertTrue(train.containsAll(some));
    assertEquals(train.size() / 2.0, some.size(), 25);
    assertEquals(Map.of("weight", (long) train.size() - some.size()), half.facts().dropped());

    List<String> more = texts(build(2, weighted(2.5), 0.1).train());
    doubled.addAll(some);
    assertEquals(doubled, more);
  }

  @Test
  void build_smallWeightedCorpus_holdsEveryCopyOut() throws IOException {
    Path small = Corpora.write(home.resolve("small"), Map.of("a", "one", "b", "two", "c", "three"));
    Dataset dataset = build(2, weighted(small, 3), 0.0001);
    List<String> heldOut = texts(dataset.validation());
    List<String> train = texts(dataset.train());
    assertEquals(1, heldOut.size());
    assertEquals(6, train.size());
    assertFalse(train.contains(heldOut.getFirst()));
    assertEquals(bytes(train), dataset.facts().train().bytes());
    Path one = Corpora.write(home.resolve("one"), Map.of("a", "alone"));
    assertThrows(WroughtException.class, () -> build(1, weighted(one, 3), 0.1));
  }

  @Test
  void build_smallCorpus_holdsOneDocumentOut() throws IOException {
    Path small = Corpora.write(home.resolve("small"), Map.of("a", "one", "b", "two", "c", "three"));
    Dataset dataset = build(2, Corpora.of(small), 0.0001);
    assertEquals(1, dataset.facts().validation().documents());
    assertEquals(2, dataset.facts().train().documents());
    List<String> all = texts(dataset.train());
    List<String> heldOut = texts(dataset.validation());
    assertEquals(bytes(heldOut), dataset.facts().validation().bytes());
    assertFalse(all.contains(heldOut.getFirst()));
    all.addAll(heldOut);
    assertEquals(List.of("one", "three", "two"), all.stream().sorted().toList());
  }

  @Test
  void build_oneDocument_isRefused() throws IOException {
    Path one = Corpora.write(home.resolve("one"), Map.of("a", "alone"));
    WroughtException refused =
        assertThrows(WroughtException.class, () -> build(1, Corpora.of(one), 0.1));
    assertEquals(ErrorCode.INVALID_DATA, refused.code());
    assertNothingStaged();
  }

  @Test
  void build_fractionOutOfRange_isRefused() {
    for (double fraction : new double[] {-0.1, 0, 0.5, 1, Double.NaN}) {
      assertThrows(WroughtException.class, () -> build(1, Corpora.of(texts), fraction));
    }
  }
}
