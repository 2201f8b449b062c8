package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.standin.StandInServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code tokenizer ...} says of paths that lead to nothing or to something damaged. */
class TokenizerPathsTest {
  private final Path folder;
  @AutoClose private final StandInServices standIns;
  private final Verbs verbs;

  TokenizerPathsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    standIns = StandInServices.in(folder.resolve("home"));
    verbs = new Verbs(folder, standIns.portBase());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope.gguf",
        "nope.json",
        "nope.tiktoken",
        "nope.model",
        "merges.txt",
        "./nope",
        "nope/tokenizer.json"
      })
  void pathOfNothing_isRefusedAsMissing_withAndWithoutThePlatform(String path) {
    String expected = "no file " + folder.resolve(path).normalize() + ";";
    assertRefusedByAll(path, expected);
    standIns.close();
    assertRefusedByAll(path, expected);
  }

  @Test
  void folderWithoutATokenizer_saysWhatItMayHold() throws IOException {
    Files.createDirectory(folder.resolve("ee"));
    standIns.close();
    String expected = "the folder %s holds no tokenizer".formatted(folder.resolve("ee"));
    assertRefusedByAll("./ee", expected);
    assertTrue(verbs.err().contains("tokenizer.json, tokenizer.model, vocab.json"), verbs.err());
    assertRefused(expected, "tokenizer", "convert", "./ee", "new.json");
  }

  @Test
  void nameWithoutSlashOrEnding_isStillAStoredTokenizers_besideAFolderOfThatName()
      throws IOException {
    Files.createDirectory(folder.resolve("demo"));
    Files.writeString(folder.resolve("text.txt"), "Once upon a time");
    assertEquals(0, verbs.run("tokenizer", "train", "demo", "--corpus", "text.txt"));
    assertEquals(0, verbs.run("tokenizer", "encode", "demo", "hi"), verbs.err());
    assertFalse(verbs.out().isBlank());
  }

  @ParameterizedTest
  @CsvSource({
    "empty.json, ''",
    "object.json, {}",
    "cut.json, '{\"model\": {\"type\":'",
    "empty.gguf, ''",
    "cut.gguf, GGUF",
    "json.gguf, {\"model\": {}}",
    "cl100k_base.tiktoken, ''",
    "r50k_base.tiktoken, 'IQ== 0\nIg'"
  })
  void damagedFile_isWrongInput(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
    standIns.close();
    String expected = folder.resolve(name).toString();
    assertRefused(expected, "tokenizer", "encode", name, "hi");
    assertRefused(expected, "tokenizer", "decode", name, "1");
    assertRefused(expected, "tokenizer", "convert", name, "new.json");
    assertFalse(Files.exists(folder.resolve("new.json")));
  }

  @Test
  void refusedTiktoken_isNamedOnce() throws IOException {
    Files.writeString(folder.resolve("x.tiktoken"), "");
    assertRefused(
        "wrought: %s: a .tiktoken file does not say".formatted(folder.resolve("x.tiktoken")),
        "tokenizer",
        "encode",
        "x.tiktoken",
        "hi");
  }

  private void assertRefusedByAll(String path, String expected) {
    assertRefused(expected, "tokenizer", "encode", path, "hi");
    assertRefused(expected, "tokenizer", "decode", path, "1");
    assertRefused(expected, "tokenizer", "inspect", path);
  }

  private void assertRefused(String expected, String... words) {
    assertEquals(3, verbs.run(words), verbs.err());
    assertTrue(verbs.err().contains(expected), verbs.err());
    assertEquals("", verbs.out());
  }
}
