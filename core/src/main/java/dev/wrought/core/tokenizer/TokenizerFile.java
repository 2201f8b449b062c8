package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A tokenizer's file of any format that is known: its name's ending tells which. */
public final class TokenizerFile {
  private static final long MOST_BYTES = 256L << 20;
  private static final String GGUF = ".gguf";
  private static final String TIKTOKEN = ".tiktoken";

  private TokenizerFile() {}

  /**
   * Reads a tokenizer.
   *
   * @param file OpenAI's {@code .tiktoken}, else a {@code tokenizer.json} whatever its name
   * @throws WroughtException NOT_FOUND; CORRUPT_FILE, naming what is wrong; FAILED_PRECONDITION for
   *     a kind of tokenizer that is not known
   */
  public static Tokenizer read(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(GGUF)) {
      return readGguf(file);
    }
    byte[] content = content(file);
    return name.endsWith(TIKTOKEN)
        ? TiktokenFile.parse(content, name)
        : TokenizerJson.parse(content, file.toString());
  }

  private static Tokenizer readGguf(Path file) {
    try (GgufFile gguf = GgufFile.open(file)) {
      return new Tokenizer(GgufVocabulary.read(gguf.metadata()));
    } catch (WroughtException failure) {
      String message = String.valueOf(failure.getMessage());
      throw message.contains(file.toString())
          ? failure
          : new WroughtException(failure.code(), file + ": " + message, failure);
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
