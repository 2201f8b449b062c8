package dev.wrought.cli.command;

import dev.wrought.cli.terminal.Json;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wrought tokenizer convert}. */
@Command(
    description = {
      "Write a tokenizer in another format, which the new file's name says:",
      "",
      "  .json      Hugging Face's tokenizer.json, with tokenizer_config.json beside it,",
      "             where other settings that are there are kept",
      "  .tiktoken  OpenAI's, with a file beside it that says how text is split",
      "  .gguf      metadata as llama.cpp reads it"
    })
final class TokenizerConvert implements Callable<Integer> {
  @Mixin private final Common common;

  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "A tokenizer's file of any format, or a folder with one.")
  private Path from = Path.of("");

  @Parameters(index = "1", paramLabel = "TO", description = "The file to write.")
  private Path to = Path.of("");

  TokenizerConvert(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    Path source = common.workplace().resolve(from);
    Path target = common.workplace().resolve(to);
    if (source.equals(target)) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT, "FROM and TO are both " + from + "; name another file");
    }
    Tokenizer tokenizer =
        TokenizerFile.read(Files.isDirectory(source) ? TokenizerFile.in(source) : source);
    TokenizerFile.write(tokenizer, target);
    if (common.json) {
      common
          .terminal()
          .result(
              Json.line(
                  Json.object()
                      .put("path", target.toString())
                      .put("model", tokenizer.model())
                      .put("vocabulary", tokenizer.vocabularySize())));
    } else {
      common.terminal().result(target.toString());
    }
    return ExitCode.OK.code();
  }
}
