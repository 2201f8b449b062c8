package dev.wrought.cli.command;

import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import dev.wrought.core.tokenizer.TokenizerJson;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/**
 * What the user calls a tokenizer: the path of a {@code tokenizer.json}, of OpenAI's {@code
 * .tiktoken} or of a folder with the former (a checkpoint), which is read here, without any
 * service; or the name of a stored one, which tokenizer-svc knows.
 */
final class TokenizerChoice {
  @Parameters(
      index = "0",
      paramLabel = "TOKENIZER",
      description =
          "A name, name@digest, or the path of a tokenizer.json, its folder or a .tiktoken file.")
  private String text = "";

  /** As the user wrote it. */
  String text() {
    return text;
  }

  /** The file, where the choice is a path that exists. */
  Optional<Path> file(Workplace workplace) {
    try {
      Path path = workplace.resolve(Path.of(text));
      return Optional.of(Files.isDirectory(path) ? path.resolve(TokenizerJson.FILE) : path)
          .filter(Files::isRegularFile);
    } catch (InvalidPathException name) {
      return Optional.empty();
    }
  }

  /** The tokenizer of that file. */
  Optional<Tokenizer> offline(Workplace workplace) {
    return file(workplace).map(TokenizerFile::read);
  }
}
