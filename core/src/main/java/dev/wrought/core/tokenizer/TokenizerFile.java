package dev.wrought.core.tokenizer;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A tokenizer's file of any format that is known: its name's ending tells which. */
public final class TokenizerFile {
  private static final long MOST_BYTES = 256L << 20;
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
    byte[] content = content(file);
    String name = String.valueOf(file.getFileName());
    return name.endsWith(TIKTOKEN)
        ? TiktokenFile.parse(content, name)
        : TokenizerJson.parse(content, file.toString());
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
