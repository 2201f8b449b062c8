package dev.wrought.tokenizer.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.tokenizer.encoding.TinyTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReportTest {
  @TempDir Path folder;

  @Test
  void lengths_anyDocuments_areThoseOfTheSortedLengths() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 5; round++) {
      int[] documents =
          random.ints(1 + random.nextInt(400), 1, 1 << (2 + 2 * round)).sorted().toArray();
      Lengths lengths = lengths(documents);
      String message = "seed " + seed + ", round " + round;
      assertEquals(documents[0], lengths.shortest(), message);
      assertEquals(documents[documents.length - 1], lengths.longest(), message);
      assertEquals(Arrays.stream(documents).average().orElseThrow(), lengths.mean(), message);
      for (Lengths.Percentile each : lengths.percentiles()) {
        int rank = (int) Math.ceil(each.percent() / 100.0 * documents.length);
        assertEquals(documents[rank - 1], each.tokens(), message + ", " + each);
      }
      for (Lengths.Range range : lengths.histogram()) {
        long within =
            Arrays.stream(documents).filter(l -> l >= range.from() && l <= range.to()).count();
        assertEquals(within, range.documents(), message + ", " + range);
      }
      LongStream all = lengths.histogram().stream().mapToLong(Lengths.Range::documents);
      assertEquals(documents.length, all.sum(), message);
    }
  }

  @Test
  void lengths_splitWithoutDocuments_areZero() throws IOException {
    Lengths none = lengths();
    assertEquals(0, none.longest());
    assertEquals(0, none.mean());
    assertEquals(List.of(), none.histogram());
  }

  private Lengths lengths(int... documents) throws IOException {
    try (ShardWriter writer = ShardWriter.create(folder.resolve("train"), 10)) {
      for (int length : documents) {
        writer.add(new int[length]);
      }
      writer.finish();
    }
    try (TokenShards shards = TokenShards.open(folder.resolve("train"))) {
      return Lengths.of(shards);
    }
  }

  @Test
  void vocabularyUse_tellsTheMostFrequentFirst_andWhatNeverOccurs() {
    long[] occurrences = new long[TinyTokenizer.get().vocabularySize()];
    occurrences[257] = 40;
    occurrences['\n'] = 50;
    occurrences['b'] = 40;
    occurrences[TinyTokenizer.END] = 3;
    VocabularyUse use = VocabularyUse.of(TinyTokenizer.get(), occurrences);
    assertEquals(occurrences.length, use.size());
    assertEquals(4, use.used());
    assertEquals(occurrences.length - 4, use.unused());
    assertArrayEquals(
        new int[] {'\n', 'b', 257, TinyTokenizer.END},
        use.top().stream().mapToInt(VocabularyUse.TopToken::id).toArray());
    VocabularyUse.TopToken the = use.top().get(2);
    assertEquals("the", the.text());
    assertEquals("74 68 65", the.bytes());
    assertEquals(40 / 133.0, the.share());
    assertTrue(use.top().getLast().special());
    Arrays.fill(occurrences, 1);
    assertEquals(50, VocabularyUse.of(TinyTokenizer.get(), occurrences).top().size());
  }

  @Test
  void write_namesAndTokensThatAreMarkup_areEscapedAndTheSameEachTime() throws IOException {
    Reports.hostile().write(folder);
    String page = Files.readString(folder.resolve(Dataset.REPORT_PAGE));
    for (String markup : List.of("<img", "<i>", "</script>", "<b>bold")) {
      assertFalse(page.contains(markup), markup);
    }
    assertTrue(page.contains("&lt;/script&gt;"), page);
    assertFalse(page.contains("{{"), page);
    assertFalse(page.matches("(?s).*<[^>]*(src|href)=.*"), page);
    byte[] json = Files.readAllBytes(folder.resolve(Dataset.REPORT_FILE));
    Reports.hostile().write(folder);
    assertEquals(page, Files.readString(folder.resolve(Dataset.REPORT_PAGE)));
    assertArrayEquals(json, Files.readAllBytes(folder.resolve(Dataset.REPORT_FILE)));
    JsonNode report = new ObjectMapper().readTree(json);
    assertEquals(1_000, report.path("train").path("counts").path("documents").asInt());
    assertEquals("</script>", report.path("vocabulary").path("top").path(1).path("text").asText());
  }
}
