package dev.wrought.core.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Hugging Face's {@code tokenizer.json}. What a file asks for that is not known is refused by name:
 * ids that are almost right would ruin a model unseen. Its truncation and padding are left to
 * whoever encodes.
 */
public final class TokenizerJson {
  /** The file's name in a tokenizer's or a checkpoint's folder. */
  public static final String FILE = "tokenizer.json";

  private TokenizerJson() {}

  /**
   * Reads a tokenizer.
   *
   * @param file a {@code tokenizer.json}, whatever its name
   * @throws WroughtException NOT_FOUND; CORRUPT_FILE, naming what is wrong; FAILED_PRECONDITION for
   *     a kind of tokenizer that is not known
   */
  public static Tokenizer read(Path file) {
    return parse(TokenizerFile.content(file), file.toString());
  }

  /** Reads a tokenizer from a file's bytes. @param origin names it in messages */
  public static Tokenizer parse(byte[] json, String origin) {
    try {
      return new Tokenizer(TokenizerJsonParser.parse(json), () -> Sha256.of(json));
    } catch (WroughtException failure) {
      throw new WroughtException(failure.code(), origin + ": " + failure.getMessage(), failure);
    } catch (JsonProcessingException failure) {
      throw damaged(origin, TokenizerJsonParser.reason(failure));
    } catch (IOException notText) {
      throw damaged(origin, String.valueOf(notText.getMessage()));
    }
  }

  /**
   * Writes a tokenizer; equal ones get equal bytes. To pass on one that was read, copy its file:
   * that keeps its digest.
   */
  public static void write(Tokenizer tokenizer, Path file) throws IOException {
    DurableFiles.write(file, TokenizerJsonWriter.render(tokenizer.parts()));
  }

  /** SHA-256 of what {@link #write} would write, in hex. */
  static String digest(TokenizerParts parts) {
    try {
      return Sha256.of(TokenizerJsonWriter.render(parts));
    } catch (IOException impossible) {
      throw new AssertionError("writing to memory", impossible);
    }
  }

  private static WroughtException damaged(String origin, String why) {
    return new WroughtException(ErrorCode.CORRUPT_FILE, origin + ": " + why);
  }
}
