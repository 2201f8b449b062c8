package dev.wrought.core.tokenizer;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.gguf.GgufFile;
import dev.wrought.core.gguf.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A tokenizer's file of any format that is known: its name's ending tells which. */
public final class TokenizerFile {
  private static final long MOST_BYTES = 256L << 20;
  private static final String GGUF = ".gguf";
  private static final String JSON = ".json";
  private static final String SENTENCE_PIECE = ".model";
  private static final String TIKTOKEN = ".tiktoken";

  /** The names that a folder is searched for, the first before the others. */
  private static final List<String> IN_FOLDERS =
      List.of(TokenizerJson.FILE, "tokenizer.model", VocabularyAndMerges.VOCABULARY);

  private TokenizerFile() {}

  /**
   * Reads a tokenizer.
   *
   * @param file a {@code .gguf}, OpenAI's {@code .tiktoken}, SentencePiece's {@code .model},
   *     GPT-2's {@code vocab.json} with {@code merges.txt} beside it, or else a {@code
   *     tokenizer.json} whatever its name
   * @throws WroughtException NOT_FOUND; CORRUPT_FILE, naming what is wrong; FAILED_PRECONDITION for
   *     a kind of tokenizer that is not known
   */
  public static Tokenizer read(Path file) {
    try {
      return readByName(file, String.valueOf(file.getFileName()));
    } catch (WroughtException failure) {
      throw failure.getMessage().contains(file.toString())
          ? failure
          : new WroughtException(failure.code(), file + ": " + failure.getMessage(), failure);
    }
  }

  private static Tokenizer readByName(Path file, String name) {
    if (name.endsWith(GGUF)) {
      try (GgufFile gguf = GgufFile.open(file)) {
        return new Tokenizer(GgufVocabulary.read(gguf.metadata()));
      }
    }
    byte[] content = content(file);
    if (name.endsWith(TIKTOKEN)) {
      Path besides = TiktokenFile.besides(file);
      return TiktokenFile.parse(
          content, name, Files.exists(besides) ? Optional.of(content(besides)) : Optional.empty());
    }
    if (name.endsWith(SENTENCE_PIECE)) {
      return new Tokenizer(SentencePieceFile.parse(content));
    }
    if (name.equals(VocabularyAndMerges.VOCABULARY)) {
      byte[] merges = content(file.resolveSibling(VocabularyAndMerges.MERGES));
      return new Tokenizer(VocabularyAndMerges.parse(content, merges));
    }
    return TokenizerJson.parse(content, file.toString());
  }

  /** The file of a folder that has one, such as a checkpoint. */
  public static Optional<Path> within(Path folder) {
    return IN_FOLDERS.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  /**
   * The same of a folder that has to have one.
   *
   * @throws WroughtException NOT_FOUND, which says what the folder may hold
   */
  public static Path in(Path folder) {
    return within(folder)
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.NOT_FOUND,
                "the folder %s holds no tokenizer; it may hold %s (with %s beside it), or name another file of it"
                    .formatted(folder, String.join(", ", IN_FOLDERS), VocabularyAndMerges.MERGES)));
  }

  /** Whether a name ends as one of a tokenizer's files does, be the file there or not. */
  public static boolean isName(String name) {
    return Stream.of(GGUF, JSON, SENTENCE_PIECE, TIKTOKEN, VocabularyAndMerges.MERGES)
        .anyMatch(name::endsWith);
  }

  /**
   * Writes a tokenizer.
   *
   * @param file {@code .gguf}, {@code .tiktoken} (with a file beside it that says how text is
   *     split) or {@code .json} (with {@code tokenizer_config.json} beside it, where settings that
   *     are there and no tokenizer says are kept)
   * @throws WroughtException NOT_FOUND for a missing folder; FAILED_PRECONDITION for what the
   *     format cannot say; INVALID_ARGUMENT for another name; CORRUPT_FILE if the settings beside
   *     it cannot be read; STORAGE
   */
  public static void write(Tokenizer tokenizer, Path file) {
    requireFolder(file);
    String name = String.valueOf(file.getFileName());
    try {
      if (name.endsWith(GGUF)) {
        GgufWriter.write(file, GgufVocabularyWriter.metadata(tokenizer.parts()), List.of());
      } else if (name.endsWith(TIKTOKEN)) {
        TiktokenFile.write(tokenizer.parts(), file);
      } else if (name.endsWith(JSON)) {
        Path besides = file.resolveSibling(TokenizerConfig.FILE);
        byte[] config = TokenizerConfig.content(tokenizer, besides);
        TokenizerJson.write(tokenizer, file);
        DurableFiles.write(besides, config);
      } else {
        throw new WroughtException(
            ErrorCode.INVALID_ARGUMENT,
            "%s: the name has to end with %s, %s or %s, which says the format"
                .formatted(file, JSON, TIKTOKEN, GGUF));
      }
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot write " + file + ": " + failure.getMessage(), failure);
    }
  }

  /** Without it, a message would name the file that is written first, which nobody asked for. */
  private static void requireFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && Files.notExists(folder)) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "no folder %s for %s; make it first".formatted(folder, file.getFileName()));
    }
  }

  /** What a tokenizer's file holds, within bounds. */
  static byte[] content(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new WroughtException(
            ErrorCode.CORRUPT_FILE,
            "%s: it has %d bytes, at most %d are read".formatted(file, size, MOST_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new WroughtException(ErrorCode.NOT_FOUND, "no tokenizer at " + file, missing);
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot read " + file + ": " + failure.getMessage(), failure);
    }
  }
}
