package dev.wrought.tokenizer.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.tokenizer.corpus.Corpora;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.corpus.SourceSpec;
import dev.wrought.tokenizer.encoding.TinyTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that were stopped. */
class ResumedBuildTest {
  private static final long SHARD_TOKENS = 2500;
  private static final int DOCUMENTS = 120;

  @TempDir Path home;
  private Path texts;
  private Artifact artifact;
  private Tokenizer tokenizer;

  @BeforeEach
  void writeTexts() throws IOException {
    texts = Corpora.write(home.resolve("texts"), someTexts());
    Path file = TinyTokenizer.in(home);
    artifact = new Artifacts(home).resolve(ArtifactKind.TOKENIZER, file.toString());
    tokenizer = TokenizerJson.read(file);
  }

  /** With equal ones, similar ones and empty ones among them. */
  private static Map<String, String> someTexts() {
    Random random = new Random(7);
    Map<String, String> files = new TreeMap<>();
    List<String> written = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = random.nextInt(60); word > 0; word--) {
        text.append(random.nextInt(1000)).append(word % 9 == 0 ? ".\n" : " ");
      }
      String again = written.isEmpty() ? "" : written.get(random.nextInt(written.size()));
      switch (i % 10) {
        case 3 -> files.put("%03d".formatted(i), again);
        case 7 -> files.put("%03d".formatted(i), again + "one word more ");
        default -> files.put("%03d".formatted(i), text.toString());
      }
      written.add(text.toString());
    }
    return files;
  }

  /** Notes what it is told of earlier attempts, and stops at its n-th message of encoding. */
  private static final class Notes implements BuildProgress {
    private final Set<Integer> shards = new TreeSet<>();
    private final List<String> anew = new ArrayList<>();
    private int left = -1;

    Notes stopAt(int message) {
      left = message;
      return this;
    }

    @Override
    public void at(Phase phase, double fraction, long bytes, long documents, long tokens) {
      if (phase == Phase.ENCODING && left-- == 0) {
        throw new WroughtException(ErrorCode.CANCELLED, "enough");
      }
    }

    @Override
    public void resumed(long documents, int finished) {
      assertTrue(documents > 0 && documents <= DOCUMENTS, "" + documents);
      shards.add(finished);
    }

    @Override
    public void begunAnew(String why) {
      anew.add(why);
    }
  }

  /** All that has to be right again: duplicates, near ones, weights and what is left out. */
  private CorpusSpec corpus() {
    SourceSpec weighted =
        new SourceSpec(texts.toString(), "", List.of(), List.of(), "", false, 1.5);
    return new CorpusSpec(List.of(weighted), List.of(), true, 0.8);
  }

  private BuildRequest request(String name) {
    return new BuildRequest(name, artifact, corpus(), 0.1);
  }

  private Dataset build(String name, BuildProgress progress) {
    return Builds.in(home, 2, SHARD_TOKENS).build(request(name), tokenizer, progress);
  }

  private void stop(int at) {
    stop(2, new Notes().stopAt(at));
  }

  private void stop(int threads, Notes notes) {
    DatasetBuilding building = Builds.in(home, threads, SHARD_TOKENS);
    WroughtException stopped =
        assertThrows(
            WroughtException.class, () -> building.build(request("part"), tokenizer, notes));
    assertEquals(ErrorCode.CANCELLED, stopped.code());
  }

  private Path files(String name) {
    return home.resolve("datasets/.unfinished").resolve(name).resolve("files");
  }

  @Test
  void build_stoppedEveryFewDocuments_goesOnEachTimeAndMakesTheSameFiles() throws IOException {
    Dataset whole = build("whole", Builds.SILENT);
    assertTrue(whole.files().containsKey("train-00003.bin"), whole.files().toString());
    Map<String, Long> dropped = whole.facts().dropped();
    assertTrue(
        dropped.keySet().containsAll(Set.of("duplicate", "near-duplicate", "empty")),
        dropped.toString());
    Notes notes = new Notes();
    for (int at = 1; at < DOCUMENTS; at += 3) {
      Map<String, Object> before = places("part");
      stop(1 + at % 4, notes.stopAt(at));
      Map<String, Object> after = places("part");
      assertTrue(after.entrySet().containsAll(before.entrySet()), "stopped after " + at);
    }
    Map<String, Object> before = places("part");
    Dataset dataset = build("part", notes);
    assertEquals(whole.files(), dataset.files());
    assertEquals(whole.facts().train(), dataset.facts().train());
    assertEquals(whole.facts().validation(), dataset.facts().validation());
    assertEquals(whole.facts().corpus(), dataset.facts().corpus());
    assertEquals(dropped, dataset.facts().dropped());
    for (Map.Entry<String, Object> file : before.entrySet()) {
      assertEquals(file.getValue(), place(dataset.folder().resolve(file.getKey())), file.getKey());
    }
    dataset.verify();
    assertEquals(0, Builds.unfinished(home));
    assertEquals(List.of(), notes.anew);
    assertTrue(notes.shards.size() > 3, "went on from " + notes.shards);
  }

  /** Where finished shards lie on the disk, by name: if one is written again, it is elsewhere. */
  private Map<String, Object> places(String name) throws IOException {
    Map<String, Object> places = new HashMap<>();
    Path journal = files(name).resolveSibling("build.json");
    if (Files.exists(journal)) {
      BuildJournal finished = BuildJournal.read(journal);
      for (Split split : Split.values()) {
        for (FinishedShard shard : finished.of(split)) {
          for (String file : shard.files().keySet()) {
            places.put(file, place(files(name).resolve(file)));
          }
        }
      }
    }
    return places;
  }

  private static Object place(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Test
  void build_anyNumberOfThreads_makesTheSameShards() {
    Dataset one = Builds.in(home, 1, SHARD_TOKENS).build(request("a"), tokenizer, Builds.SILENT);
    Dataset five = Builds.in(home, 5, SHARD_TOKENS).build(request("b"), tokenizer, Builds.SILENT);
    assertEquals(one.files(), five.files());
  }

  @Test
  void build_otherInputs_saysWhatAndBeginsAnew() throws IOException {
    Notes notes = new Notes();
    stop(80);
    BuildRequest other = new BuildRequest("part", artifact, corpus(), 0.2);
    Builds.in(home, 2, SHARD_TOKENS).build(other, tokenizer, notes);
    stop(80);
    Path added = Files.writeString(texts.resolve("zzz"), "and one more");
    build("part", notes);
    Files.delete(added);
    stop(80);
    Path another = TinyTokenizer.in(Files.createDirectory(home.resolve("another")));
    Files.writeString(another, Files.readString(another) + " ");
    Artifact changed = new Artifacts(home).resolve(ArtifactKind.TOKENIZER, another.toString());
    Builds.in(home, 2, SHARD_TOKENS)
        .build(
            new BuildRequest("part", changed, corpus(), 0.1), TokenizerJson.read(another), notes);
    assertEquals(
        List.of(
            "other sources, filters or settings are asked for",
            "files of the corpus were added, removed or changed",
            "the tokenizer is another one"),
        notes.anew);
    assertEquals(Set.of(), notes.shards);
  }

  /** FAULTS D4: a shard is missing, changed or added between restarts. */
  @Test
  void build_shardMissingChangedOrAdded_saysWhichAndBeginsAnew() throws IOException {
    Dataset whole = build("whole", Builds.SILENT);
    Notes notes = new Notes();
    stop(80);
    Files.delete(files("part").resolve("train.idx"));
    Files.write(files("part").resolve("train-00001.bin"), new byte[4], StandardOpenOption.WRITE);
    assertEquals(whole.files(), build("part", notes).files());
    String told = notes.anew.getFirst();
    assertTrue(told.contains("train.idx is missing"), told);
    assertTrue(told.contains("train-00001.bin was changed"), told);
    stop(80);
    Files.write(files("part").resolve("train-00077.bin"), new byte[4]);
    assertEquals(whole.files(), build("part", notes).files());
    assertEquals(1, notes.anew.size());
    stop(80);
    Files.writeString(files("part").resolveSibling("build.json"), "{");
    assertEquals(whole.files(), build("part", notes).files());
    assertTrue(notes.anew.getLast().contains("build.json cannot be read"), notes.anew.getLast());
  }

  @Test
  void build_corpusChangedUnderTheSameListing_isRefusedOnceAndThenBeginsAnew() throws IOException {
    stop(80);
    Path file = texts.resolve("004");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "x".repeat((int) Files.size(file)));
    Files.setLastModifiedTime(file, time);
    WroughtException refused =
        assertThrows(WroughtException.class, () -> build("part", Builds.SILENT));
    assertEquals(ErrorCode.INVALID_DATA, refused.code());
    String message = String.valueOf(refused.getMessage());
    assertTrue(
        message.matches(".*: (one|more) of its first \\d+ documents .*; build again.*"), message);
    assertEquals(0, Builds.unfinished(home));
    Notes notes = new Notes();
    build("part", notes);
    assertEquals(Set.of(), notes.shards);
  }

  @Test
  void build_sameDatasetIsBeingBuilt_isRefused() throws IOException {
    Path unfinished = Files.createDirectories(home.resolve("datasets/.unfinished"));
    try (FileChannel channel =
        FileChannel.open(
            unfinished.resolve(".lock-part"),
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE)) {
      channel.lock();
      WroughtException refused =
          assertThrows(WroughtException.class, () -> build("part", Builds.SILENT));
      assertEquals(ErrorCode.LOCKED, refused.code());
      build("other", Builds.SILENT);
    }
    build("part", Builds.SILENT);
  }

  @Test
  void build_shardCannotBeWritten_isToldAsTheDisksFault() {
    BuildProgress sabotage =
        (phase, fraction, bytes, documents, tokens) -> {
          try {
            DurableFiles.deleteFolder(files("part"));
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        };
    WroughtException refused = assertThrows(WroughtException.class, () -> build("part", sabotage));
    assertEquals(ErrorCode.STORAGE, refused.code());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith("cannot write the dataset 'part': "), message);
  }

  /** The one to hold out is in a shard that is finished. */
  @Test
  void build_smallCorpusOfManyShards_holdsOneDocumentOut() {
    BuildRequest request = new BuildRequest("small", artifact, corpus(), 1e-9);
    Dataset one = Builds.in(home, 2, 1 << 20).build(request, tokenizer, Builds.SILENT);
    Dataset many = Builds.in(home, 2, 400).build(request, tokenizer, Builds.SILENT);
    assertEquals(1, many.facts().validation().documents());
    assertEquals(one.facts().train(), many.facts().train());
    assertEquals(one.facts().validation(), many.facts().validation());
    many.verify();
    assertArrayEquals(tokens(one.train()), tokens(many.train()));
  }

  /** Closes the shards. */
  private static int[] tokens(TokenShards shards) {
    try (shards) {
      int[] all = new int[(int) shards.tokens()];
      shards.read(0, all);
      return all;
    }
  }

  @Test
  void discardAbandoned_deletesOldBuildsOnly() throws IOException {
    stop(80);
    FileTime modified = Files.getLastModifiedTime(files("part").getParent());
    new UnfinishedBuilds(home).discardAbandoned(modified.toInstant());
    assertEquals(1, Builds.unfinished(home));
    new UnfinishedBuilds(home).discardAbandoned(modified.toInstant().plusNanos(1_000_000));
    assertEquals(0, Builds.unfinished(home));
  }
}
