package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What a file was like when it was found, to see whether it is still the same when it was read. */
record FileState(long bytes, FileTime modified) {
  static FileState of(Path file) throws IOException {
    return of(Files.readAttributes(file, BasicFileAttributes.class));
  }

  static FileState of(BasicFileAttributes attributes) {
    return new FileState(attributes.size(), attributes.lastModifiedTime());
  }

  /**
   * @throws WroughtException INVALID_DATA if the file is another one by now, saying how it differs
   * @throws IOException if there is none any more
   */
  void check(Path file) throws IOException {
    FileState now = of(file);
    if (!equals(now)) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "%s was changed while the corpus was read: it was %s and is %s; leave it alone and start again"
              .formatted(file, this, now));
    }
  }

  @Override
  public String toString() {
    return bytes + " bytes of " + modified;
  }
}
