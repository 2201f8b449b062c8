package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.standin.StandInServices;
import dev.wrought.cli.standin.StandInTokenizer;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainingResumed;
import dev.wrought.proto.tokenizer.v1.WordsPruned;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tokenizer ...} against a stand-in of the service, and without one: for people and as JSON.
 */
class TokenizerVerbsTest {
  private final Path folder;
  @AutoClose private final StandInServices standIns;
  private final Verbs verbs;

  TokenizerVerbsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    standIns = StandInServices.in(folder.resolve("home"));
    verbs = new Verbs(folder, standIns.portBase());
    Files.writeString(folder.resolve("text.txt"), "Once upon a time");
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
    assertEquals("demo", verbs.json().get("name").asText());
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
    assertEquals(1, verbs.json().size());
    assertEquals(0, verbs.run("tokenizer", "inspect", "demo"));
    assertTrue(verbs.out().contains("model       bpe"), verbs.out());
    assertEquals(0, verbs.run("tokenizer", "inspect", "demo", "--json"));
    assertEquals("bpe", verbs.json().get("model").asText());
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
    assertEquals("[\"a\",\"b\"]", verbs.json().get("pieces").toString());
  }

  @Test
  void tokenizerEncodeAndDecode_byFile_needNoService() {
    trained();
    standIns.close();
    String file = tokenizerFile().toString();
    assertEquals(0, verbs.run("tokenizer", "encode", file, "iron <|endoftext|>"));
    String ids = verbs.out().strip();
    assertEquals(0, verbs.run("tokenizer", "decode", file, "--json", ids));
    assertEquals("iron <|endoftext|>", verbs.json().get("text").asText());
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

  @Test
  void tokenizerEncode_ofManyLinesByService_asksForManyAtOnce_inOrder() {
    byte[] input = utf8("a\n\nbc\n".repeat(4_000));
    assertEquals(0, reading(input, "tokenizer", "encode", "demo", "--lines"));
    assertEquals(List.of(10_000, 2_000), standIns.tokenizer().batches());
    assertEquals(12_000, verbs.out().lines().count());
    String all = verbs.out();
    trained();
    String file = tokenizerFile().toString();
    assertEquals(0, reading(input, "tokenizer", "encode", file, "--lines"));
    assertEquals(verbs.out(), all);
  }

  @Test
  void tokenizerEncode_ofLinesThatComeOneByOne_answersEach() {
    InputStream one = new ByteArrayInputStream(utf8("a\n"));
    InputStream other = new ByteArrayInputStream(utf8("b\nc"));
    assertEquals(
        0, reading(new SequenceInputStream(one, other), "tokenizer", "encode", "demo", "--lines"));
    assertEquals(List.of(1, 2), standIns.tokenizer().batches());
    assertEquals(3, verbs.out().lines().count());
  }

  @Test
  void tokenizerEncode_ofALineThatTheServiceRefuses_showsThoseBeforeIt() {
    byte[] input = utf8("a\n" + StandInTokenizer.REFUSED + "\nb\n");
    assertEquals(3, reading(input, "tokenizer", "encode", "demo", "--lines"));
    assertEquals(1, verbs.out().lines().count());
    assertTrue(verbs.err().contains("not this one"), verbs.err());
  }

  @Test
  void tokenizerEncode_ofATextThatIsTooLongForTheService_readsTheTokenizerItself() {
    trained();
    byte[] input = utf8("iron ".repeat(250_000));
    assertEquals(0, reading(input, "tokenizer", "encode", "demo"));
    String ids = verbs.out();
    assertEquals(List.of(), standIns.tokenizer().batches());
    String file = tokenizerFile().toString();
    assertEquals(0, reading(input, "tokenizer", "encode", file));
    assertEquals(verbs.out(), ids);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private int reading(byte[] input, String... words) {
    return reading(new ByteArrayInputStream(input), words);
  }

  private int reading(InputStream input, String... words) {
    InputStream before = System.in;
    try {
      System.setIn(input);
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
}
