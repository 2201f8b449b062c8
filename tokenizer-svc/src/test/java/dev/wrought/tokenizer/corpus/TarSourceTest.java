package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FAULTS D3 for tars. */
class TarSourceTest extends CorpusSourceContract {
  @TempDir Path folder;

  @Override
  CorpusSourceFactory factory() {
    return new TarSourceFactory();
  }

  @Override
  Map<String, ?> settings() throws IOException {
    Path file = place.resolve("a.tar");
    Files.write(file, tar(file("a", "1"), file("b/c", "22"), file("d", "333")));
    return Map.of("path", file.toString());
  }

  @Test
  void read_files_comeInTheArchivesOrder() throws IOException {
    byte[] tar = tar(file("b.txt", "1"), directory("a/"), file("a/c.txt", "2"), file("a.md", "3"));
    assertEquals(List.of("b.txt: 1", "a/c.txt: 2", "a.md: 3"), read(tar, Map.of()));
    assertEquals(
        List.of("b.txt: 1"),
        read(tar, Map.of("include", List.of("**/*.txt"), "exclude", List.of("a/**"))));
  }

  @Test
  void read_longNames_areWhole() throws IOException {
    String name = "folder/".repeat(40) + "é.txt";
    assertEquals(List.of(name + ": 1"), read(tar(file(name, "1")), Map.of()));
  }

  @Test
  void read_linksAndOtherSpecialFiles_areLeftOutAndCounted() throws IOException {
    byte[] tar =
        tar(
            link("symbolic", TarConstants.LF_SYMLINK),
            link("hard", TarConstants.LF_LINK),
            link("pipe", TarConstants.LF_FIFO),
            file("a", "1"));
    assertEquals(
        List.of("symbolic! link", "hard! link", "pipe! link", "a: 1"), read(tar, Map.of()));
  }

  @Test
  void read_fileThatIsTooLong_isPassedOver() throws IOException {
    byte[] tar = tar(file("long", "x".repeat(Corpus.LONGEST_DOCUMENT + 1)), file("after", "1"));
    assertEquals(List.of("long! too-long", "after: 1"), read(tar, Map.of()));
  }

  @Test
  void read_namesThatLeadOut_areRefused() throws IOException {
    for (String name : List.of("../evil", "a/../../evil", "/etc/passwd", "a\\..\\evil")) {
      byte[] tar = tar(file("good.txt", "1"), file(name, "2"));
      WroughtException refused =
          assertThrows(WroughtException.class, () -> read(tar, Map.of()), name);
      assertTrue(String.valueOf(refused.getMessage()).contains("leads out of it"), name);
    }
  }

  @Test
  void read_archiveThatIsCutOffOrDamaged_isRefused() throws IOException {
    byte[] tar = tar(file("a.txt", "text".repeat(1000)), file("b.txt", "1"));
    assertThrows(IOException.class, () -> read(Arrays.copyOf(tar, 2000), Map.of()));
    assertThrows(IOException.class, () -> read(Arrays.copyOf(tar, 4900), Map.of()));
    byte[] damaged = tar.clone();
    damaged[100] ^= 1; // in the first header, behind the name
    assertThrows(IOException.class, () -> read(damaged, Map.of()));
  }

  /** A name of gigabytes would be kept in memory whole. */
  @Test
  void read_headersWithoutEnd_areRefused() throws IOException {
    TarArchiveEntry header = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
    header.setSize(2 << 20);
    byte[] name = "n".repeat(2 << 20).getBytes(UTF_8);
    byte[] tar = tar(new Entry(header, name), file("n", "1"));
    IOException refused = assertThrows(IOException.class, () -> read(tar, Map.of()));
    assertTrue(String.valueOf(refused.getMessage()).contains("header of an entry has more than"));
  }

  private record Entry(TarArchiveEntry header, byte[] content) {}

  private static Entry file(String name, String text) {
    TarArchiveEntry header = new TarArchiveEntry(name, true);
    header.setSize(text.getBytes(UTF_8).length);
    return new Entry(header, text.getBytes(UTF_8));
  }

  private static Entry directory(String name) {
    return new Entry(new TarArchiveEntry(name), new byte[0]);
  }

  private static Entry link(String name, byte kind) {
    TarArchiveEntry header = new TarArchiveEntry(name, kind);
    header.setLinkName("/etc/passwd");
    return new Entry(header, new byte[0]);
  }

  private static byte[] tar(Entry... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (Entry entry : entries) {
        tar.putArchiveEntry(entry.header());
        tar.write(entry.content());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private List<String> read(byte[] tar, Map<String, ?> globs) throws IOException {
    Path file = folder.resolve("x.tar");
    Files.write(file, tar);
    return Corpora.read(Corpora.open(factory(), file, globs));
  }
}
