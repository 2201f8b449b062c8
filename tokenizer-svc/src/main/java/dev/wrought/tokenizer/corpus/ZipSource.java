package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The entries of a zip or jar, each a document, in the order of their paths, read in place. Names
 * that lead out of the archive, and archives that unpack to many times their size, are refused as a
 * whole: both are made to do harm.
 */
final class ZipSource implements CorpusSource {
  /** What even the emptiest entry may have packed. */
  private static final int PACKED_ANYWAY = 512;

  private final Path file;
  private final ZipFile zip;
  private final List<ZipEntry> entries;
  private final Optional<DeflatedEntries> deflated;

  ZipSource(Path file, PathGlobs globs) throws IOException {
    this(file, globs, Libdeflate.system());
  }

  /**
   * @param libdeflate by which entries are unpacked; where there is none, by the JDK
   */
  ZipSource(Path file, PathGlobs globs, Optional<Libdeflate> libdeflate) throws IOException {
    this.file = file;
    this.zip = open(file);
    try {
      List<? extends ZipEntry> all = zip.stream().toList();
      this.entries = checkedEntries(all, globs);
      this.deflated =
          libdeflate.isEmpty()
              ? Optional.empty()
              : Optional.of(DeflatedEntries.of(file, all, libdeflate.get()));
    } catch (IOException | RuntimeException failure) {
      zip.close();
      throw failure;
    }
  }

  @Override
  public long totalBytes() {
    return entries.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum();
  }

  @Override
  public void read(DocumentVisitor visitor) throws IOException {
    for (ZipEntry entry : entries) {
      visitor.document(entry.getName(), entry.getSize(), () -> content(entry));
    }
  }

  @Override
  public void close() throws IOException {
    try (zip) {
      if (deflated.isPresent()) {
        deflated.get().close();
      }
    }
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException broken) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "%s is not a readable zip: %s; get it again, or pack it anew, deflated and unencrypted"
              .formatted(file, broken.getMessage()),
          broken);
    }
  }

  private List<ZipEntry> checkedEntries(List<? extends ZipEntry> all, PathGlobs globs)
      throws IOException {
    List<ZipEntry> files =
        all.stream().filter(entry -> !entry.isDirectory()).<ZipEntry>map(entry -> entry).toList();
    files.forEach(entry -> EntryNames.check(file, entry.getName()));
    checkRatio(files);
    return files.stream()
        .filter(entry -> globs.wants(entry.getName()))
        .sorted(Comparator.comparing(ZipEntry::getName))
        .toList();
  }

  /** Trusts the sizes in the directory; {@link #content} holds each entry to its own. */
  private void checkRatio(List<ZipEntry> files) throws IOException {
    long unpacked = 0;
    for (ZipEntry entry : files) {
      unpacked += Math.clamp(entry.getSize(), 0, Inflation.MOST_BYTES);
    }
    Inflation.check(file, Files.size(file), unpacked);
  }

  /** An entry that is not what it announces is refused. Thread-safe. */
  private byte[] content(ZipEntry entry) throws IOException {
    try {
      checkPackedSize(entry);
      byte[] content = unpacked(entry);
      CRC32 checksum = new CRC32(); // which the JDK's reader leaves unchecked
      checksum.update(content);
      if (checksum.getValue() != entry.getCrc()) {
        throw new ZipException("its checksum is not the one that the directory says");
      }
      return content;
    } catch (ZipException | EOFException failure) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "%s: entry %s: %s; get the archive again"
              .formatted(file, entry.getName(), failure.getMessage()),
          failure);
    }
  }

  /** What is packed is never much larger than before: nobody is made to read more. */
  private static void checkPackedSize(ZipEntry entry) throws ZipException {
    if (entry.getCompressedSize() > 2 * entry.getSize() + PACKED_ANYWAY) {
      throw new ZipException(
          "it has %d bytes packed and only %d unpacked"
              .formatted(entry.getCompressedSize(), entry.getSize()));
    }
  }

  private byte[] unpacked(ZipEntry entry) throws IOException {
    byte[] content = new byte[Math.toIntExact(entry.getSize())];
    if (deflated.isEmpty() || !deflated.get().read(entry, content)) {
      readByZip(entry, content);
    }
    return content;
  }

  /** Only the reading itself waits for other threads, the unpacking does not. */
  private void readByZip(ZipEntry entry, byte[] content) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      if (in.readNBytes(content, 0, content.length) < content.length || in.read() >= 0) {
        throw new ZipException(
            "it does not have the %d bytes that it announces".formatted(content.length));
      }
    }
  }
}
