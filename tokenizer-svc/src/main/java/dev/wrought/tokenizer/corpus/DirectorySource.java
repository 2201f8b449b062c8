package dev.wrought.tokenizer.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The files of a folder, each a document, in the order of their paths. The folder itself may be a
 * link; links within are not followed.
 */
final class DirectorySource implements CorpusSource {
  private record Entry(String path, FileState state) {}

  private record Left(String path, String reason) {}

  private final Path folder;
  private final PathGlobs globs;
  private final List<Entry> files = new ArrayList<>();
  private final List<Left> left = new ArrayList<>();

  DirectorySource(Path folder, PathGlobs globs) throws IOException {
    this.folder = folder.toRealPath();
    this.globs = globs;
    Files.walkFileTree(this.folder, new Listing());
    files.sort(Comparator.comparing(Entry::path));
  }

  @Override
  public long totalBytes() {
    return files.stream().mapToLong(entry -> entry.state().bytes()).sum();
  }

  @Override
  public void read(DocumentVisitor visitor) throws IOException {
    for (Left entry : left) {
      visitor.dropped(entry.path(), entry.reason());
    }
    for (Entry file : files) {
      visitor.document(file.path(), file.state().bytes(), () -> content(file));
    }
  }

  private byte[] content(Entry file) throws IOException {
    Path path = folder.resolve(file.path());
    byte[] content = new byte[Math.toIntExact(file.state().bytes())];
    try (InputStream in = Files.newInputStream(path)) {
      int read = in.readNBytes(content, 0, content.length);
      file.state().check(path);
      return read == content.length ? content : Arrays.copyOf(content, read);
    }
  }

  private final class Listing extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path entry, BasicFileAttributes attributes) {
      if (!entry.equals(folder) && isHidden(entry)) {
        left.add(new Left(relative(entry), DropReason.HIDDEN));
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes) {
      String path = relative(entry);
      if (!globs.wants(path)) {
        return FileVisitResult.CONTINUE;
      }
      if (isHidden(entry)) {
        left.add(new Left(path, DropReason.HIDDEN));
      } else if (!attributes.isRegularFile()) {
        left.add(new Left(path, DropReason.LINK));
      } else {
        files.add(new Entry(path, FileState.of(attributes)));
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean isHidden(Path entry) {
      return String.valueOf(entry.getFileName()).startsWith(".");
    }

    private String relative(Path entry) {
      return folder.relativize(entry).toString();
    }
  }
}
