package dev.wrought.tokenizer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.tokenizer.VictimProcess;
import dev.wrought.tokenizer.corpus.Corpora;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.corpus.SourceSpec;
import dev.wrought.tokenizer.encoding.TinyTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 while a dataset is built: it goes on when asked again, and its files are the same. */
class KilledBuildIT {
  private static final String NAME = "shot-at";
  private static final int DOCUMENTS = 400;
  private static final int KILLS = 6;
  private static final long SHARD_TOKENS = 4000;

  @TempDir Path folder;

  /** The process that is killed: it builds, and tells all it is told. */
  static final class Building {
    /**
     * @param arguments home, corpus, and the tokenizer's file
     */
    public static void main(String[] arguments) {
      Path home = Path.of(arguments[0]);
      Artifact tokenizer = new Artifacts(home).resolve(ArtifactKind.TOKENIZER, arguments[2]);
      SourceSpec source = new SourceSpec(arguments[1], "", List.of(), List.of(), "", false, 1.5);
      CorpusSpec corpus = new CorpusSpec(List.of(source), List.of(), true, 0.8);
      Dataset built =
          Builds.in(home, 2, SHARD_TOKENS)
              .build(
                  new BuildRequest(NAME, tokenizer, corpus, 0.1),
                  TokenizerJson.read(tokenizer.file()),
                  new Telling());
      System.out.println("built " + built.folder());
    }
  }

  private static final class Telling implements BuildProgress {
    @Override
    public void at(Phase phase, double fraction, long bytes, long documents, long tokens) {
      System.out.println(phase + " " + documents);
    }

    @Override
    public void resumed(long documents, int shards) {
      System.out.println("resumed " + shards);
    }

    @Override
    public void begunAnew(String why) {
      System.out.println("anew " + why);
    }
  }

  @Test
  void build_killedAtRandomMoments_endsWithTheFilesOfAnUndisturbedOne() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Path texts = Corpora.write(Files.createDirectory(folder.resolve("texts")), texts(random));
    Path undisturbed = built(building("undisturbed", texts).run());
    VictimProcess victim = building("home", texts);
    for (int kill = 1; kill <= KILLS; kill++) {
      int least = DOCUMENTS * kill / (KILLS + 2);
      victim.killAfter("ENCODING", least + random.nextInt(DOCUMENTS / (KILLS + 2)));
    }
    List<String> last = victim.run();
    assertTrue(last.stream().anyMatch(line -> line.matches("resumed [1-9].*")), "seed " + seed);
    assertTrue(last.stream().noneMatch(line -> line.startsWith("anew")), "seed " + seed);
    assertSameFiles(undisturbed, built(last), "seed " + seed);
    assertEquals(0, Builds.unfinished(folder.resolve("home")));
  }

  private VictimProcess building(String home, Path texts) throws IOException {
    Path created = Files.createDirectories(folder.resolve(home));
    return new VictimProcess(
        Building.class,
        List.of(created.toString(), texts.toString(), TinyTokenizer.in(folder).toString()));
  }

  /** Numbers and some that are there twice. */
  private static Map<String, String> texts(Random random) {
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      StringBuilder text = new StringBuilder();
      Random words = new Random(i % 9 == 5 ? i / 2 : random.nextLong());
      for (int word = words.nextInt(60); word > 0; word--) {
        text.append(words.nextInt(1000)).append(' ');
      }
      texts.put("%03d".formatted(i), text.toString());
    }
    return texts;
  }

  private static Path built(List<String> told) {
    assertTrue(told.getLast().startsWith("built "), told.getLast());
    return Path.of(told.getLast().substring("built ".length()));
  }

  private static void assertSameFiles(Path expected, Path actual, String message)
      throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(expected)) {
      files = entries.map(Path::getFileName).sorted().toList();
    }
    try (Stream<Path> entries = Files.list(actual)) {
      assertEquals(files, entries.map(Path::getFileName).sorted().toList(), message);
    }
    assertTrue(files.contains(Path.of("train-00003.bin")), files.toString());
    for (Path file : files) {
      long mismatch = Files.mismatch(expected.resolve(file), actual.resolve(file));
      assertEquals(-1, mismatch, file + ", " + message);
    }
  }
}
