package dev.wrought.cli.command;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What the user calls a tokenizer: the path of a file of a known format or of a folder with one (a
 * checkpoint), which is read here, without any service; or the name of a stored one, which
 * tokenizer-svc knows. It is an option's value, or else the first argument.
 */
final class TokenizerChoice {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--tokenizer",
      paramLabel = "TOKENIZER",
      description = "The tokenizer, instead of as the first argument.")
  private @Nullable String option;

  @Parameters(
      index = "0..*",
      arity = "0..*",
      paramLabel = "TOKENIZER ARGUMENT",
      hideParamSyntax = true,
      description =
          "A name, name@digest, or the path of a .gguf, .tiktoken, SentencePiece .model, tokenizer.json, vocab.json or a folder with one; then what the verb works on.")
  private List<String> arguments = List.of();

  /** As the user wrote it. */
  String text() {
    if (option != null) {
      return option;
    }
    if (arguments.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required parameter: 'TOKENIZER' (or --tokenizer TOKENIZER)");
    }
    return arguments.getFirst();
  }

  /** The arguments after it. */
  List<String> rest() {
    text();
    return option != null ? arguments : arguments.subList(1, arguments.size());
  }

  /** Checks that nothing comes after it. */
  void nothingElse() {
    if (!rest().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Unmatched argument: '" + rest().getFirst() + "'");
    }
  }

  /** The one argument after it, if there is one. */
  Optional<String> only() {
    if (rest().size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Unmatched argument: '" + rest().get(1) + "'; a text with blanks needs quotes");
    }
    return rest().stream().findFirst();
  }

  /**
   * The file, where the choice is a path; none for what can only be the name of a stored one.
   *
   * @throws WroughtException NOT_FOUND for a path that leads to nothing, or to a folder without a
   *     tokenizer: no service would know it either
   */
  Optional<Path> file(Workplace workplace) {
    try {
      Path path = workplace.resolve(Path.of(text()));
      if (Files.isDirectory(path)) {
        return isPath() ? Optional.of(TokenizerFile.in(path)) : TokenizerFile.within(path);
      }
      if (isPath() && Files.notExists(path)) {
        throw missing(path);
      }
      return Optional.of(path).filter(Files::exists);
    } catch (InvalidPathException name) {
      return Optional.empty();
    }
  }

  /** Names of stored ones begin with a letter and have no slash. */
  private boolean isPath() {
    return text().startsWith(".") || text().contains("/") || TokenizerFile.isName(text());
  }

  private static WroughtException missing(Path path) {
    return new WroughtException(
        ErrorCode.NOT_FOUND,
        "no file %s; name a tokenizer's file, a folder with one, or one of ./wrought tokenizer list"
            .formatted(path));
  }

  /** The tokenizer of that file. */
  Optional<Tokenizer> offline(Workplace workplace) {
    return file(workplace).map(TokenizerFile::read);
  }
}
