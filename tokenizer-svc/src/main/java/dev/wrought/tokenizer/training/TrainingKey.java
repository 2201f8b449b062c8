package dev.wrought.tokenizer.training;

import dev.wrought.core.artifact.Sha256;
import dev.wrought.tokenizer.corpus.SourceSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells trainings apart: the digest of everything that was asked for and of what lies at the
 * corpus' paths, by paths, sizes and times of change, without reading it. If one of these changes,
 * it is another training.
 */
final class TrainingKey {
  private TrainingKey() {}

  /**
   * @return 64 hex digits
   */
  static String of(TrainingRequest request) {
    MessageDigest digest = Sha256.newDigest();
    // Records say all that they hold.
    digest.update(request.toString().getBytes(StandardCharsets.UTF_8));
    for (SourceSpec source : request.corpus().sources()) {
      for (String file : listing(Path.of(source.path()))) {
        digest.update(file.getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What cannot be listed is left to the source to complain about. */
  private static List<String> listing(Path source) {
    List<String> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          source.toRealPath(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              files.add(
                  "%s\0%d\0%s\n".formatted(file, attributes.size(), attributes.lastModifiedTime()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unlisted) {
      return List.of();
    }
    files.sort(null);
    return files;
  }
}
