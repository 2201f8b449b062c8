package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FAULTS D3 in spirit: bombs, names that lead out, entries that lie. */
class ZipSourceTest extends CorpusSourceContract {
  private static final PathGlobs ALL = new PathGlobs(List.of(), List.of());

  @TempDir Path folder;

  @Override
  CorpusSourceFactory factory() {
    return new ZipSourceFactory();
  }

  @Override
  Map<String, ?> settings() throws IOException {
    Path zip = place.resolve("a.zip");
    Corpora.zip(zip, Map.of("a", bytes("1"), "b/c", bytes("22"), "d", bytes("333")));
    return Map.of("path", zip.toString());
  }

  @Test
  void read_entries_comeInPathOrder() throws IOException {
    Path zip =
        zip(
            Map.of(
                "b.txt", bytes("1"), "a/c.txt", bytes("2"), "a/", bytes(""), "a.md", bytes("3")));
    try (ZipSource source = new ZipSource(zip, ALL)) {
      assertEquals(List.of("a.md: 3", "a/c.txt: 2", "b.txt: 1"), Corpora.read(source));
      assertEquals(3, source.totalBytes());
    }
    try (ZipSource source = new ZipSource(zip, new PathGlobs(List.of("**/*.txt"), List.of()))) {
      assertEquals(List.of("a/c.txt: 2", "b.txt: 1"), Corpora.read(source));
    }
  }

  @Test
  void open_namesThatLeadOut_areRefused() throws IOException {
    for (String name : List.of("../evil", "a/../../evil", "/etc/passwd", "a\\..\\evil")) {
      Path zip = zip(Map.of("good.txt", bytes("1"), name, bytes("2")));
      assertRefused(zip, "leads out of it");
    }
  }

  @Test
  void open_bomb_isRefusedByItsRatio() throws IOException {
    assertRefused(zip(Map.of("zeros", new byte[32 << 20])), "more than 100:1 is refused");
  }

  @Test
  void open_whatIsNoZip_isRefused() throws IOException {
    assertRefused(Files.writeString(folder.resolve("x.zip"), "not a zip"), "not a readable zip");
    byte[] intact = Files.readAllBytes(zip(Map.of("a.txt", bytes("text".repeat(100)))));
    Path cut = folder.resolve("cut.zip");
    Files.write(cut, Arrays.copyOf(intact, intact.length - 10));
    assertRefused(cut, "not a readable zip");
  }

  @Test
  void read_entryThatLiesAboutItsSize_isRefusedByName() throws IOException {
    Path zip = zip(Map.of("a.txt", bytes("text".repeat(1000))));
    byte[] content = Files.readAllBytes(zip);
    int directory = indexOf(content, new byte[] {'P', 'K', 1, 2});
    content[directory + 24] = 100; // the uncompressed size, low byte
    content[directory + 25] = 0;
    Files.write(zip, content);
    try (ZipSource source = new ZipSource(zip, ALL)) {
      WroughtException refused = assertThrows(WroughtException.class, () -> Corpora.read(source));
      assertTrue(String.valueOf(refused.getMessage()).contains("entry a.txt"));
    }
  }

  private void assertRefused(Path zip, String inMessage) {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> new ZipSource(zip, ALL).close());
    assertEquals(ErrorCode.INVALID_DATA, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains(inMessage), refused.getMessage());
  }

  private Path zip(Map<String, byte[]> entries) throws IOException {
    return Corpora.zip(folder.resolve("x.zip"), entries);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static int indexOf(byte[] content, byte[] wanted) {
    for (int at = 0; at + wanted.length <= content.length; at++) {
      if (Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }
}
