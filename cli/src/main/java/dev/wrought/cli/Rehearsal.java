package dev.wrought.cli;

import dev.wrought.cli.command.WroughtCommand;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.core.tokenizer.WordCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Goes once through what most verbs need. The launcher lets the JVM record this after a build: the
 * classes that were loaded here are ready-made in every later start (JEP 483, JEP 514), and {@code
 * --help} answers in a third of the time.
 */
public final class Rehearsal {
  private static final String[][] LINES = {
    {"--help"}, {"demo", "--help"}, {"version", "--json"}, {"status"}, {"nosuchverb"},
  };

  private static final String[] FORMATS = {".json", ".gguf", ".tiktoken"};

  /** Characters with marked spaces, as LLaMA has them. */
  private static final String CHARACTERS =
      """
      {"normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
       "decoder": {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
       "model": {"type": "BPE", "vocab": {"o": 0, "n": 1, "▁": 2, "on": 3}, "merges": ["o n"]}}
      """;

  private Rehearsal() {}

  /**
   * Executes each line; what they answer does not matter. Ends as the command does, which loads
   * classes, too.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws IOException {
    for (String[] line : LINES) {
      execute(line);
    }
    encode();
    System.exit(ExitCode.OK.code());
  }

  /** Encodes with a small tokenizer of each format, and with one of characters. */
  private static void encode() throws IOException {
    WordCounts counts = new WordCounts();
    counts.add("one word and another word".getBytes(StandardCharsets.UTF_8));
    Tokenizer small = BpeTrainer.train(counts, BpeTrainer.minimumVocabulary() + 4, (_, _) -> {});
    Path folder = Files.createTempDirectory("rehearsal");
    for (String format : FORMATS) {
      encode(small, folder.resolve("small" + format));
    }
    byte[] json = CHARACTERS.getBytes(StandardCharsets.UTF_8);
    encode(TokenizerJson.parse(json, "characters"), folder.resolve("characters.gguf"));
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static void encode(Tokenizer tokenizer, Path file) {
    TokenizerFile.write(tokenizer, file);
    execute("tokenizer", "encode", "--tokenizer", file.toString(), "--ids", "one word's 123");
  }

  private static void execute(String... line) {
    WroughtCommand.commandLine(Wrought.workplace(), line).execute(line);
  }
}
