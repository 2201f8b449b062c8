package dev.wrought.cli.demo;

import com.google.protobuf.Message;
import dev.wrought.core.artifact.Sha256;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells whether a request would be made of the same files as before, without reading them: by their
 * paths, sizes and times of change, as make and rsync do.
 */
final class CorpusFingerprint {
  private CorpusFingerprint() {}

  /**
   * Of a request over a corpus: another setting or another file is another fingerprint.
   *
   * @return 64 hex digits
   */
  static String of(Message request, Path corpus) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(request.toByteArray());
    try (Stream<Path> files = Files.walk(corpus.toRealPath())) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : sorted) {
        String line =
            "%s\0%d\0%d\n"
                .formatted(file, Files.size(file), Files.getLastModifiedTime(file).toMillis());
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException | UncheckedIOException failure) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "the corpus %s cannot be listed: %s".formatted(corpus, failure.getMessage()),
          failure);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
