package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That it is not the JDK which reads where libdeflate is to do so. */
class DeflatedEntriesTest {
  private static final byte[] TEXT = "text".repeat(100).getBytes(UTF_8);

  @TempDir Path folder;

  @BeforeEach
  void installed() {
    assumeTrue(Libdeflate.system().isPresent(), "libdeflate is not installed");
  }

  @Test
  void read_deflatedEntry_isRead() throws IOException {
    try (ZipFile zip = new ZipFile(zip().toFile());
        DeflatedEntries entries = entries(zip)) {
      byte[] content = new byte[TEXT.length];
      assertTrue(entries.read(zip.getEntry("a.txt"), content));
      assertArrayEquals(TEXT, content);
    }
  }

  @Test
  void read_otherEntries_areLeftToTheJdk() throws IOException {
    try (ZipFile zip = new ZipFile(zip().toFile());
        DeflatedEntries entries = entries(zip)) {
      ZipEntry stored = zip.getEntry("a.txt");
      stored.setMethod(ZipEntry.STORED);
      assertFalse(entries.read(stored, new byte[TEXT.length]));
      assertFalse(entries.read(new ZipEntry("unknown"), new byte[0]));
    }
  }

  @Test
  void read_fileThatBecameShorter_saysWhere() throws IOException {
    Path path = zip();
    try (ZipFile zip = new ZipFile(path.toFile());
        DeflatedEntries entries = entries(zip)) {
      ZipEntry entry = zip.getEntry("a.txt");
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        file.truncate(10);
      }
      EOFException cut =
          assertThrows(EOFException.class, () -> entries.read(entry, new byte[TEXT.length]));
      String why = String.valueOf(cut.getMessage());
      assertTrue(why.startsWith("the archive ends before byte "), why);
    }
  }

  private Path zip() throws IOException {
    return Corpora.zip(folder.resolve("x.zip"), Map.of("a.txt", TEXT));
  }

  private static DeflatedEntries entries(ZipFile zip) throws IOException {
    List<? extends ZipEntry> all = zip.stream().toList();
    return DeflatedEntries.of(Path.of(zip.getName()), all, Libdeflate.system().orElseThrow());
  }
}
