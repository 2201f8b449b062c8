package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {
  @TempDir Path folder;

  @Test
  void read_onSeveralThreads_handsOnInPathOrder() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 1000; i++) {
      files.put("%04d".formatted(i), "text " + i);
    }
    Corpora.write(folder, files);
    List<String> read = new ArrayList<>();
    read(
        List.of(),
        document -> {
          if (document.path().endsWith("7")) {
            Thread.yield();
          }
          return new String(document.content(), UTF_8);
        },
        outcome -> read.add(outcome.path() + " " + outcome.result().orElseThrow()));
    assertEquals(
        files.entrySet().stream().map(f -> f.getKey() + " " + f.getValue()).toList(), read);
  }

  /** FAULTS D5: empty and over-long documents, and what is no text. */
  @Test
  void read_documentsThatAreLeftOut_areCountedByReason() throws IOException {
    Corpora.write(
        folder,
        Map.of(
            "1-empty", "",
            "2-blank", " \n\t\r\n",
            "3-binary", "PNG\0\0",
            "4-long", "x".repeat(Corpus.LONGEST_DOCUMENT + 1),
            "5-longest", "x".repeat(Corpus.LONGEST_DOCUMENT),
            "6-header", "// Copyright us\n",
            "7-good", "text"));
    List<String> read = new ArrayList<>();
    read(
        List.of("licence-header"),
        document -> document.content().length,
        outcome ->
            read.add(
                outcome.path()
                    + " "
                    + outcome.result().map(String::valueOf).orElse(outcome.dropReason())));
    assertEquals(
        List.of(
            "1-empty empty",
            "2-blank empty",
            "3-binary binary",
            "4-long too-long",
            "5-longest 4194304",
            "6-header empty",
            "7-good 4"),
        read);
  }

  /** Memory does not grow with the corpus: what was read waits for results, and little may wait. */
  @Test
  void read_largeDocuments_areFewInFlight() {
    for (int announced : new int[] {1 << 20, -1}) {
      AtomicInteger waiting = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      CorpusSource source =
          source(
              300,
              announced,
              () -> {
                most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
                return new byte[1 << 20];
              });
      SourceSpec spec = SourceSpec.of("/large");
      CorpusSpec all = new CorpusSpec(List.of(spec), List.of(), false, 0);
      Corpus.OpenSource open = new Corpus.OpenSource(spec, source, Optional.empty());
      try (Corpus corpus = new Corpus(all, List.of(open), List.of());
          CorpusReader reader = new CorpusReader(corpus, 4)) {
        reader.read(0, EvenSample.all(), document -> "", outcome -> waiting.decrementAndGet());
      }
      assertEquals(0, waiting.get());
      assertTrue(most.get() <= 17, most.get() + " documents of 1 MiB were in flight");
    }
  }

  private static CorpusSource source(int documents, long announced, Content content) {
    return new CorpusSource() {
      @Override
      public long totalBytes() {
        return 0;
      }

      @Override
      public void read(DocumentVisitor visitor) throws IOException {
        for (int i = 0; i < documents; i++) {
          visitor.document("document " + i, announced, content);
        }
      }
    };
  }

  @Test
  void read_failingWork_stopsWithItsFailure() throws IOException {
    Corpora.write(folder, Map.of("a", "1", "b", "2"));
    IllegalStateException defect = new IllegalStateException("defect");
    assertSame(
        defect,
        assertThrows(
            IllegalStateException.class,
            () ->
                read(
                    List.of(),
                    document -> {
                      throw defect;
                    },
                    outcome -> {})));
  }

  @Test
  void read_resultsThatThrow_stopTheRest() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 2000; i++) {
      files.put("%04d".formatted(i), "text");
    }
    Corpora.write(folder, files);
    AtomicInteger worked = new AtomicInteger();
    assertThrows(
        WroughtException.class,
        () ->
            read(
                List.of(),
                document -> worked.incrementAndGet(),
                outcome -> {
                  throw new WroughtException(ErrorCode.CANCELLED, "enough");
                }));
    assertTrue(worked.get() < 500, worked + " documents were worked on");
  }

  @Test
  void read_fileThatIsGoneMeanwhile_isNamed() throws IOException {
    Path only = Files.writeString(folder.resolve("a.txt"), "text");
    try (Corpus corpus = Corpora.plugins(folder).open(Corpora.of(folder));
        CorpusReader reader = new CorpusReader(corpus, 1)) {
      Files.delete(only);
      WroughtException missing =
          assertThrows(
              WroughtException.class,
              () -> reader.read(0, EvenSample.all(), document -> "", outcome -> {}));
      assertTrue(String.valueOf(missing.getMessage()).contains("a.txt"), missing.getMessage());
    }
  }

  /** FAULTS D4: a file that is another one by the time it is read. */
  @Test
  void read_fileThatWasChangedSinceItWasListed_isRefusedWithTheDifference() throws IOException {
    Path changed = Files.writeString(folder.resolve("a.txt"), "text");
    try (Corpus corpus = Corpora.plugins(folder).open(Corpora.of(folder));
        CorpusReader reader = new CorpusReader(corpus, 1)) {
      Files.writeString(changed, "more text");
      assertFails(
          () -> reader.read(0, EvenSample.all(), document -> "", outcome -> {}),
          "a.txt was changed while the corpus was read: it was 4 bytes");
    }
  }

  /** FAULTS D4: whatever comes of reading such a file, it is the change that is told. */
  @Test
  void read_fileThatIsChangedWhileItIsRead_isRefusedWithTheDifference() throws IOException {
    String rows = "{\"text\": \"one\"}\n".repeat(100);
    for (String rest : List.of("{\"text\": \"more\"}\n", "broken")) {
      Path file = Files.writeString(folder.resolve("rows.jsonl"), rows);
      try (Corpus corpus = Corpora.plugins(folder).open(Corpora.of(file));
          CorpusReader reader = new CorpusReader(corpus, 2)) {
        Files.writeString(file, rest, StandardOpenOption.APPEND);
        assertFails(
            () -> reader.read(0, EvenSample.all(), document -> "", outcome -> {}),
            "rows.jsonl was changed while the corpus was read: it was 1600 bytes");
      }
    }
  }

  @Test
  void read_duplicates_keepsTheFirstWhateverTheThreads() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 600; i++) {
      files.put("%03d".formatted(i), "text " + i % 200);
    }
    Corpora.write(folder, files);
    for (int threads : new int[] {1, 4}) {
      List<String> kept = new ArrayList<>();
      List<String> dropped = new ArrayList<>();
      try (Corpus corpus = Corpora.plugins(folder).open(Corpora.of(folder));
          CorpusReader reader = new CorpusReader(corpus, threads)) {
        reader.read(
            0,
            EvenSample.all(),
            Document::path,
            outcome -> (outcome.result().isPresent() ? kept : dropped).add(outcome.path()));
      }
      assertEquals(files.keySet().stream().limit(200).toList(), kept);
      assertEquals(400, dropped.size());
    }
  }

  @Test
  void open_unknownThings_areRefusedNamingTheKnown() throws IOException {
    Corpora.write(folder, Map.of("file", "text"));
    CorpusPlugins plugins = Corpora.plugins(folder);
    SourceSpec source = SourceSpec.of(folder.toString());
    assertFails(
        () -> plugins.open(new CorpusSpec(List.of(source), List.of("licence-heder"), true, 0)),
        "licence-header");
    assertFails(
        () ->
            plugins.open(
                new CorpusSpec(
                    List.of(new SourceSpec("/x", "avro", List.of(), List.of(), "", false, 1)),
                    List.of(),
                    true,
                    0)),
        "csv, directory, jsonl, parquet, tar, text, zip");
    assertFails(() -> plugins.open(Corpora.of(folder.resolve("none.txt"))), "nothing at");
    SourceSpec text = SourceSpec.of(folder.resolve("file").toString());
    assertFails(
        () ->
            plugins.open(
                new CorpusSpec(
                    List.of(
                        new SourceSpec(
                            text.path(), "directory", List.of(), List.of(), "", false, 1)),
                    List.of(),
                    true,
                    0)),
        "is not a folder");
    assertFails(
        () ->
            plugins.open(
                new CorpusSpec(
                    List.of(
                        new SourceSpec(
                            folder.toString(),
                            "directory",
                            List.of(),
                            List.of(),
                            "body",
                            false,
                            1)),
                    List.of(),
                    true,
                    0)),
        "field");
  }

  @Test
  void spec_whatCannotBe_isRefused() {
    assertFails(() -> new CorpusSpec(List.of(), List.of(), true, 0), "1 to 1000 sources");
  }

  @Test
  void open_filterWithSettings_isMadeWithThem() throws IOException {
    Corpora.write(folder, Map.of("1-short", "one two", "2-long", "one two three"));
    for (String filter : List.of("length: {minWords: 3}", "{length: {minWords: 3}}")) {
      List<String> read = new ArrayList<>();
      read(List.of(filter), Document::path, o -> read.add(o.result().orElse(o.dropReason())));
      assertEquals(List.of("length/too-few-words", "2-long"), read);
    }
  }

  @Test
  void open_filterThatIsWrittenWrong_isRefusedWithItsPlace() throws IOException {
    Corpora.write(folder, Map.of("file", "text"));
    assertFails(() -> readWith("length: {minWrods: 3}"), "filter:1:10: length.minWrods");
    assertFails(() -> readWith("length"), "at least one must be given");
    assertFails(() -> readWith("lenght: {minWords: 3}"), "no document filter is called \"lenght\"");
    assertFails(() -> readWith("length: {minWords: 3"), "the filter 'length: {minWords: 3'");
    assertFails(() -> readWith("[length]"), "is a list");
    assertFails(() -> readWith("{length: {minWords: 3}, c4: {}}"), "is a mapping");
    assertFails(() -> readWith(""), "is empty");
  }

  private void readWith(String filter) {
    read(List.of(filter), Document::path, outcome -> {});
  }

  /** FAULTS D7: nothing is fetched, whatever a path is made to look like. */
  @Test
  void spec_whatIsNoLocalPath_isRefused() {
    for (String path :
        List.of(
            "relative/path",
            "",
            "file:/etc/passwd",
            "file:///etc/passwd",
            "http://169.254.169.254/latest/meta-data/",
            "//169.254.169.254/share",
            "\\\\169.254.169.254\\share",
            "/data\\..\\..\\etc",
            "/data/a.txt\0.zip")) {
      assertFails(() -> SourceSpec.of(path), "an absolute path on the machine");
    }
  }

  @Test
  void spec_numbersOutOfRange_areRefused() {
    List<SourceSpec> sources = List.of(SourceSpec.of("/a"));
    for (double similarity : new double[] {-0.1, 1.1, Double.NaN}) {
      assertFails(
          () -> new CorpusSpec(sources, List.of(), true, similarity),
          "the similarity of near duplicates is " + similarity);
    }
    for (double weight : new double[] {0, -1, 101, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertFails(
          () -> new SourceSpec("/a", "", List.of(), List.of(), "", false, weight),
          "the weight of /a is " + weight);
    }
  }

  @Test
  void resolvedKind_isToldFromThePath() {
    assertEquals("directory", SourceSpec.of(folder.toString()).resolvedKind());
    assertEquals("jsonl", SourceSpec.of("/a/b.JSONL").resolvedKind());
    assertEquals("zip", SourceSpec.of("/a/src.zip").resolvedKind());
    assertEquals("text", SourceSpec.of("/a/book.txt").resolvedKind());
    assertEquals("text", SourceSpec.of("/a/book.gz").resolvedKind());
    assertEquals("text", SourceSpec.of("/a/b.json").resolvedKind());
    assertEquals("jsonl", SourceSpec.of("/a/b.json.gz").resolvedKind());
    assertEquals("jsonl", SourceSpec.of("/a/b.jsonl.gz").resolvedKind());
    assertEquals("csv", SourceSpec.of("/a/b.csv.zst").resolvedKind());
    assertEquals("parquet", SourceSpec.of("/a/b.parquet").resolvedKind());
    for (String tar : List.of("/a.tar", "/a.tar.gz", "/a.TGZ", "/a.tar.zst", "/a.tzst")) {
      assertEquals("tar", SourceSpec.of(tar).resolvedKind(), tar);
    }
  }

  private <R> void read(
      List<String> filters, CorpusReader.Work<R> work, CorpusReader.Results<R> results) {
    CorpusSpec spec = new CorpusSpec(List.of(SourceSpec.of(folder.toString())), filters, false, 0);
    try (Corpus corpus = Corpora.plugins(folder).open(spec);
        CorpusReader reader = new CorpusReader(corpus, 3)) {
      reader.read(0, EvenSample.all(), work, results);
    }
  }

  private static void assertFails(Executable call, String inMessage) {
    WroughtException failure = assertThrows(WroughtException.class, call);
    assertTrue(String.valueOf(failure.getMessage()).contains(inMessage), failure.getMessage());
  }
}
