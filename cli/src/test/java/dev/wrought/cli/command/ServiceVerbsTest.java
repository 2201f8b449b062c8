package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrought.cli.standin.StandInInstallation;
import dev.wrought.cli.standin.StandInServices;
import dev.wrought.cli.standin.StandInServing;
import dev.wrought.cli.standin.StandInTrainer.Course;
import dev.wrought.cli.terminal.Screen;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainingResumed;
import dev.wrought.proto.tokenizer.v1.WordsPruned;
import dev.wrought.proto.trainer.v1.RunState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb that asks a service, against stand-ins: for people and as JSON. */
class ServiceVerbsTest {
  @TempDir private Path folder;
  private StandInServices standIns;
  private Verbs verbs = new Verbs(Path.of("."), 1024);

  @BeforeEach
  void start() throws IOException {
    standIns = StandInServices.in(folder.resolve("home"));
    verbs = new Verbs(folder, standIns.portBase());
    StandInInstallation.recipe(folder);
    Files.writeString(folder.resolve("text.txt"), "Once upon a time");
  }

  @AfterEach
  void stop() {
    standIns.close();
  }

  private JsonNode json() {
    try {
      return new ObjectMapper().readTree(verbs.out());
    } catch (JsonProcessingException failure) {
      throw new AssertionError(verbs.out(), failure);
    }
  }

  private void trained() {
    assertEquals(0, verbs.run("tokenizer", "train", "demo", "--corpus", "text.txt"));
  }

  @Test
  void tokenizerTrain_printsItsReference_andWhatIsNext() {
    trained();
    assertTrue(verbs.out().matches("demo@[0-9a-f]{64}\n"), verbs.out());
    assertTrue(verbs.err().contains("next: ./wrought dataset build NAME --tokenizer demo"));
    assertTrue(verbs.err().contains("instead of 8,192: no other pair"), verbs.err());
    assertEquals(0, verbs.run("tokenizer", "train", "demo", "--corpus", "text.txt", "--json"));
    assertEquals("demo", json().get("name").asText());
    assertFalse(verbs.err().contains("next:"), verbs.err());
  }

  @Test
  void tokenizerTrain_thatHasAllTokensAskedFor_makesNoRemark() {
    String least = Integer.toString(BpeTrainer.minimumVocabulary());
    assertEquals(
        0, verbs.run("tokenizer", "train", "least", "--corpus", "text.txt", "--vocabulary", least));
    assertFalse(verbs.err().contains("instead of"), verbs.err());
  }

  @Test
  void tokenizerTrain_itsOptions_reachTheService() {
    String[] words = {
      "tokenizer", "train", "demo", "--corpus", "text.txt", "--memory", "300M", "--pad-to", "64"
    };
    assertEquals(0, verbs.run(words));
    assertEquals(300_000_000, standIns.tokenizer().trained().getMemoryBytes());
    assertEquals(64, standIns.tokenizer().trained().getPadToMultiple());
    assertEquals(0, standIns.tokenizer().trained().getReservedTokensCount());
    String[] reserving = {
      "tokenizer", "train", "demo", "--corpus", "text.txt", "--reserve", "<|a|>", "--reserve", "[B]"
    };
    assertEquals(0, verbs.run(reserving));
    assertEquals(List.of("<|a|>", "[B]"), standIns.tokenizer().trained().getReservedTokensList());
    assertEquals(0, standIns.tokenizer().trained().getMemoryBytes());
  }

  @Test
  void tokenizerTrain_thatGoesOnFromBefore_orLeftWordsOut_saysSo() {
    trained();
    assertFalse(verbs.err().contains("goes on from before"), verbs.err());
    assertFalse(verbs.err().contains("left out to save memory"), verbs.err());
    standIns
        .tokenizer()
        .tellsBesides(
            TrainTokenizerProgress.newBuilder()
                .setResumed(
                    TrainingResumed.newBuilder().setBytesRead(1_620_000_000L).setMerges(3100))
                .setPruned(
                    WordsPruned.newBuilder().setWords(51_200).setOccurrences(77_000).setFloor(2))
                .build());
    trained();
    assertTrue(
        verbs.err().contains("goes on from before: 1.62 GB counted, 3,100 merges learnt\n"),
        verbs.err());
    assertTrue(
        verbs
            .err()
            .contains(
                "left out to save memory: 51,200 rare words (77,000 occurrences), none met more than 2 times by then\n"),
        verbs.err());
  }

  @Test
  void tokenizerListAndInspect_showIt() {
    trained();
    assertEquals(0, verbs.run("tokenizer", "list"));
    assertTrue(verbs.out().lines().toList().get(1).startsWith("demo  "), verbs.out());
    assertEquals(0, verbs.run("tokenizer", "list", "--json"));
    assertEquals(1, json().size());
    assertEquals(0, verbs.run("tokenizer", "inspect", "demo"));
    assertTrue(verbs.out().contains("model       bpe"), verbs.out());
    assertEquals(0, verbs.run("tokenizer", "inspect", "demo", "--json"));
    assertEquals("bpe", json().get("model").asText());
  }

  @Test
  void tokenizerEncodeAndDecode_byService_areInverse() {
    assertEquals(0, verbs.run("tokenizer", "encode", "demo", "iron é"));
    String ids = verbs.out().strip();
    assertEquals(0, verbs.run("tokenizer", "decode", "demo", ids));
    assertEquals("iron é", verbs.out());
    assertEquals(0, verbs.run("tokenizer", "encode", "demo", "--pieces", "i r"));
    assertTrue(verbs.out().contains("\"i\"") && verbs.out().contains("\" \""), verbs.out());
    assertEquals(0, verbs.run("tokenizer", "encode", "demo", "--json", "ab"));
    assertEquals("[\"a\",\"b\"]", json().get("pieces").toString());
  }

  @Test
  void tokenizerEncodeAndDecode_byFile_needNoService() {
    trained();
    standIns.close();
    String file = tokenizerFile().toString();
    assertEquals(0, verbs.run("tokenizer", "encode", file, "iron <|endoftext|>"));
    String ids = verbs.out().strip();
    assertEquals(0, verbs.run("tokenizer", "decode", file, "--json", ids));
    assertEquals("iron <|endoftext|>", json().get("text").asText());
    assertEquals(0, verbs.run("tokenizer", "encode", file, "--allow-special", "a<|endoftext|>"));
    String special = verbs.out().strip();
    assertEquals(2, special.split(" ").length);
    assertEquals(0, verbs.run("tokenizer", "decode", file, "--skip-special", special));
    assertEquals("a", verbs.out());
    assertEquals(3, verbs.run("tokenizer", "decode", file, "12x"));
    assertTrue(verbs.err().contains("'12x' is not a token id"), verbs.err());
  }

  @Test
  void tokenizerEncode_ofBytesThatAreNoText_keepsThem_alsoWithSpecialTokens() {
    trained();
    String file = tokenizerFile().toString();
    byte[] bytes = {'a', (byte) 0xff, 'b'};
    assertEquals(0, reading(bytes, "tokenizer", "encode", file));
    String ids = verbs.out();
    assertEquals(0, reading(bytes, "tokenizer", "encode", file, "--allow-special"));
    assertEquals(ids, verbs.out());
  }

  private int reading(byte[] input, String... words) {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(input));
      return verbs.run(words);
    } finally {
      System.setIn(before);
    }
  }

  private Path tokenizerFile() {
    verbs.run("tokenizer", "list", "--json");
    try (var files = Files.walk(folder.resolve("home"))) {
      return files.filter(file -> file.endsWith("tokenizer.json")).findFirst().orElseThrow();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void datasetBuild_weightFiltersAndNearDuplicates_areThoseOfTheRequest() throws IOException {
    trained();
    Files.writeString(folder.resolve("more.txt"), "more");
    String[] words = {
      "dataset",
      "build",
      "d",
      "--tokenizer",
      "demo",
      "--json",
      "--corpus",
      "text.txt",
      "--weight",
      "2.5",
      "--corpus",
      "more.txt",
      "--filter",
      "c4",
      "--filter",
      "length: {minWords: 5, maxWords: 9}",
      "--near-duplicates",
      "0.8"
    };
    assertEquals(0, verbs.run(words), verbs.err());
    DatasetFacts.CorpusFacts corpus =
        Dataset.open(Path.of(json().get("path").asText())).facts().corpus();
    assertEquals(
        List.of("text.txt 2.5", "more.txt 1.0"),
        corpus.sources().stream()
            .map(source -> Path.of(source.path()).getFileName() + " " + source.weight())
            .toList());
    assertEquals(List.of("c4", "length: {minWords: 5, maxWords: 9}"), corpus.filters());
    assertEquals(0.8, corpus.nearDuplicates());
  }

  @Test
  void datasetInspect_showsCounts_andAnyDocumentToTheByte() {
    verbs.run("tokenizer", "train", "demo", "--corpus", "text.txt");
    verbs.run("dataset", "build", "d", "--tokenizer", "demo", "--corpus", "text.txt");
    assertEquals(0, verbs.run("dataset", "inspect", "d"));
    assertTrue(verbs.out().contains("documents, "), verbs.out());
    assertTrue(verbs.out().matches("(?s).*\nreport      /.*/report.html\n.*"), verbs.out());
    assertEquals(0, verbs.run("dataset", "inspect", "d", "--json"));
    assertTrue(verbs.out().contains("\"tokenizer\""), verbs.out());
    assertEquals(0, verbs.run("dataset", "inspect", "d", "--document", "0"));
    String text = verbs.out();
    assertFalse(text.isEmpty());
    assertEquals(0, verbs.run("dataset", "inspect", "d", "--document", "0", "--json"));
    assertTrue(verbs.out().contains("\"ids\":["), verbs.out());
    assertEquals(3, verbs.run("dataset", "inspect", "d", "--document", "99999"));
    assertTrue(verbs.err().contains("the split train has 0 to "), verbs.err());
    assertEquals(3, verbs.run("dataset", "inspect", "nosuch"));
    assertTrue(verbs.err().contains("there are: [d]"), verbs.err());
  }

  @Test
  void datasetBuildAndList_showCounts() {
    trained();
    assertEquals(
        0, verbs.run("dataset", "build", "d", "--tokenizer", "demo", "--corpus", "text.txt"));
    assertTrue(verbs.out().matches("d@[0-9a-f]{64}\n"), verbs.out());
    assertTrue(verbs.err().contains("left out: 2 duplicate"), verbs.err());
    assertTrue(
        verbs.err().contains("goes on from before: 3 shards, 70 documents of the corpus"),
        verbs.err());
    assertTrue(verbs.err().contains("begins anew: the tokenizer is another one"), verbs.err());
    assertTrue(verbs.err().matches("(?s).*\nreport: /.*/report.html\n.*"), verbs.err());
    assertTrue(verbs.err().contains("36 tokens are held out, fewer than"), verbs.err());
    assertEquals(0, verbs.run("dataset", "list"));
    assertTrue(verbs.out().contains("WORDS/100"), verbs.out());
    assertEquals(0, verbs.run("dataset", "list", "--json"));
    assertEquals(2, json().get(0).get("train").get("documents").asInt());
  }

  @Test
  void train_isWatchedToItsEnd_andPrintsTheCheckpoint() {
    assertEquals(0, verbs.run("train", "recipes/demo.yaml"));
    assertTrue(verbs.out().endsWith("checkpoints/step-00000010\n"), verbs.out());
    assertTrue(verbs.err().contains("loss 0.900"), verbs.err());
    assertTrue(verbs.err().contains("./wrought generate --model run:demo"), verbs.err());
    assertEquals(0, verbs.run("train", "recipes/demo.yaml", "--json"));
    assertEquals("RUN_STATE_SUCCEEDED", json().get("state").asText());
  }

  @Test
  void train_thatFails_endsWithTheCodeOfItsReason() {
    standIns
        .trainer()
        .goesLike(new Course(2, Duration.ZERO, RunState.RUN_STATE_FAILED, "NonFiniteLoss", 0));
    assertEquals(6, verbs.run("train", "recipes/demo.yaml"));
    assertTrue(verbs.err().contains("demo failed after 2 steps"), verbs.err());
    assertTrue(verbs.err().contains("./wrought runs resume demo"), verbs.err());
  }

  @Test
  void train_withAWrongRecipe_saysAllThatIsWrong() throws IOException {
    Files.writeString(
        folder.resolve("wrong.yaml"),
        StandInInstallation.RECIPE.replace("layers", "layrs").replace("2e-3", "-1"));
    assertEquals(3, verbs.run("train", "wrong.yaml"));
    assertTrue(verbs.err().contains("wrong.yaml:") && verbs.err().contains("layers"), verbs.err());
  }

  @Test
  void train_dryRun_startsNothing() {
    assertEquals(0, verbs.run("train", "recipes/demo.yaml", "--dry-run"));
    assertTrue(verbs.out().contains("kind: TrainingRun"), verbs.out());
    assertTrue(verbs.err().contains("nothing was started"), verbs.err());
    assertEquals(0, verbs.run("runs", "list", "--json"));
    assertEquals(0, json().size());
  }

  @Test
  void runs_areListedShownStoppedAndResumed() {
    standIns.trainer().goesLike(Course.endless());
    assertEquals(0, verbs.run("train", "recipes/demo.yaml", "--detach"));
    assertEquals("uid-1\n", verbs.out());
    assertEquals(3, verbs.run("train", "recipes/demo.yaml", "--detach"));
    assertEquals("wrought: a live run is called demo\n", verbs.err());
    assertEquals(0, verbs.run("runs", "show", "demo"));
    assertTrue(verbs.out().contains("state       running"), verbs.out());
    assertEquals(0, verbs.run("runs", "show", "demo", "--recipe"));
    assertEquals(StandInInstallation.RECIPE, verbs.out());
    assertEquals(0, verbs.run("runs", "show", "demo", "--recipe", "--json"));
    assertEquals("demo", json().at("/metadata/name").asText(), verbs.out());
    assertEquals(0, verbs.run("runs", "stop", "demo"));
    assertTrue(verbs.err().contains("demo stopped after 0 steps"), verbs.err());
    assertEquals(0, verbs.run("runs", "stop", "demo"));
    assertTrue(verbs.err().startsWith("it has ended already:\ndemo stopped"), verbs.err());
    assertEquals(3, verbs.run("runs", "stop", "none"));
    assertEquals("wrought: no run 'none'\n", verbs.err());
    standIns.trainer().goesLike(Course.smooth());
    assertEquals(0, verbs.run("runs", "resume", "demo"));
    assertEquals(0, verbs.run("runs", "list", "--live"));
    assertEquals(1, verbs.out().lines().count());
    assertEquals(3, verbs.run("runs", "show", "none"));
    assertEquals("wrought: no run 'none'\n", verbs.err());
  }

  @Test
  void runsStop_ofARunThatIsComplete_suggestsNoResumeThatWouldBeRefused() {
    verbs.run("train", "recipes/demo.yaml");
    verbs.run("runs", "stop", "demo");
    assertFalse(verbs.err().contains("runs resume"), verbs.err());
  }

  @Test
  void runsList_onEightyColumns_fits() {
    verbs.run("train", "recipes/demo.yaml");
    assertEquals(0, verbs.on(Screen.moving(80), "runs", "list"));
    verbs
        .out()
        .lines()
        .map(line -> line.replaceAll("\u001b\\[[0-9]*m", ""))
        .forEach(line -> assertTrue(line.length() <= 80 && !line.contains("…"), line));
    assertEquals(0, verbs.run("runs", "list"));
    assertTrue(verbs.out().contains("uid-1"), verbs.out());
  }

  @Test
  void runsShow_followed_isOneEventALineInJson() {
    verbs.run("train", "recipes/demo.yaml");
    assertEquals(0, verbs.run("runs", "show", "demo", "--follow", "--json"));
    assertEquals(13, verbs.out().lines().count());
    verbs.out().lines().forEach(line -> assertTrue(line.startsWith("{\"sequence\":"), line));
  }

  @Test
  void generate_streamsText_andSaysHowFast() {
    assertEquals(0, verbs.run("generate", "--model", "run:demo", "--seed", "7", "-t", "0", "x"));
    assertTrue(verbs.out().startsWith("Foo {\n  int bar"), verbs.out());
    assertTrue(verbs.err().contains("4 tokens, 8 tokens/s, length, seed 1"), verbs.err());
    GenerateRequest asked = standIns.serving().asked().getFirst();
    assertEquals(7, asked.getSeed());
    assertEquals("run:demo", asked.getModel());
    assertTrue(asked.hasTemperature() && !asked.hasTopP());
  }

  @Test
  void generate_onATerminal_passesNoControlCharactersOn_andElsewhereAll() {
    assertEquals(0, verbs.on(Screen.moving(80), "generate", "-m", "run:demo", "x"));
    assertTrue(verbs.out().startsWith("Foo {\n  int bar\uFFFD[2J; }\n"), verbs.out());
    assertEquals(0, verbs.run("generate", "-m", "run:demo", "x"));
    assertEquals(String.join("", StandInServing.TEXT), verbs.out());
  }

  @Test
  void generate_withoutAModel_takesTheNewestRunWithACheckpoint() {
    assertEquals(3, verbs.run("generate", "x"));
    assertTrue(verbs.err().contains("no run has a checkpoint yet"), verbs.err());
    verbs.run("train", "recipes/demo.yaml");
    assertEquals(0, verbs.run("generate", "x", "--json"));
    assertEquals("run:demo", json().get("model").asText());
    assertEquals("length", json().get("finishReason").asText());
    assertEquals(4, json().get("ids").size());
  }

  @Test
  void generate_fromACheckpointsFolder_namesItAbsolutely() throws IOException {
    Files.createDirectories(folder.resolve("checkpoint"));
    assertEquals(0, verbs.run("generate", "-m", "checkpoint", "x"));
    assertEquals(
        folder.resolve("checkpoint").toString(), standIns.serving().asked().getFirst().getModel());
  }
}
