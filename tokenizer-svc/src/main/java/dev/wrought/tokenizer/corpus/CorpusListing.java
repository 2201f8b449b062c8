package dev.wrought.tokenizer.corpus;

import dev.wrought.core.artifact.Sha256;
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
 * What lies at a corpus' paths, by paths, sizes and times of change, without reading it: whether it
 * is still the same for whoever goes on with interrupted work.
 */
public final class CorpusListing {
  private CorpusListing() {}

  /**
   * @return 64 hex digits
   */
  public static String digest(CorpusSpec corpus) {
    MessageDigest digest = Sha256.newDigest();
    for (SourceSpec source : corpus.sources()) {
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
