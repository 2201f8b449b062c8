package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FAULTS D3 in spirit: bombs, names that lead out, entries that lie. */
class ZipSourceTest extends CorpusSourceContract {
  private static final PathGlobs ALL = new PathGlobs(List.of(), List.of());

  @TempDir Path folder;

  /** By what entries are unpacked; the JDK where this is nothing. */
  Optional<Libdeflate> unpacking() {
    assumeTrue(Libdeflate.system().isPresent(), "libdeflate is not installed");
    return Libdeflate.system();
  }

  private ZipSource open(Path zip) throws IOException {
    return new ZipSource(zip, ALL, unpacking());
  }

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
    try (ZipSource source = open(zip)) {
      assertEquals(List.of("a.md: 3", "a/c.txt: 2", "b.txt: 1"), Corpora.read(source));
      assertEquals(3, source.totalBytes());
    }
    try (ZipSource source =
        new ZipSource(zip, new PathGlobs(List.of("**/*.txt"), List.of()), unpacking())) {
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
  void open_encryptedEntryOrUnknownMethod_isRefusedWithTheRemedy() throws IOException {
    byte[] intact = Files.readAllBytes(zip(Map.of("a.txt", bytes("text"))));
    int directory = indexOf(intact, new byte[] {'P', 'K', 1, 2});
    byte[] encrypted = intact.clone();
    encrypted[directory + 8] |= 1;
    Path zip = Files.write(folder.resolve("encrypted.zip"), encrypted);
    assertRefused(zip, "encrypted entry");
    byte[] unknown = intact.clone();
    unknown[directory + 10] = 99;
    Files.write(zip, unknown);
    assertRefused(zip, "method: 99");
    assertRefused(zip, "pack it anew, deflated and unencrypted");
  }

  @Test
  void read_entryThatLiesAboutItsSize_isRefusedByName() throws IOException {
    Path zip = zip(Map.of("a.txt", bytes("text".repeat(1000))));
    byte[] content = Files.readAllBytes(zip);
    int directory = indexOf(content, new byte[] {'P', 'K', 1, 2});
    content[directory + 24] = 100; // the uncompressed size, low byte
    content[directory + 25] = 0;
    Files.write(zip, content);
    try (ZipSource source = open(zip)) {
      WroughtException refused = assertThrows(WroughtException.class, () -> Corpora.read(source));
      assertTrue(String.valueOf(refused.getMessage()).contains("entry a.txt"));
    }
  }

  @Test
  void read_entryThatIsDamaged_isRefusedByName() throws IOException {
    String text = IntStream.range(0, 300).mapToObj(i -> i * i + " ").collect(joining());
    Path zip = zip(Map.of("a.txt", bytes(text)));
    byte[] intact = Files.readAllBytes(zip);
    int data = 30 + "a.txt".length();
    for (int bit = 0; bit < 8 * 20; bit++) {
      byte[] damaged = intact.clone();
      damaged[data + bit / 8] ^= (byte) (1 << bit % 8);
      assertEntryRefused(damaged, "a.txt");
    }
    byte[] moved = intact.clone();
    moved[0] = 'Q';
    assertEntryRefused(moved, "a.txt");
  }

  @Test
  void read_entryThatIsPackedIntoFarMore_isRefusedUnread() throws IOException {
    byte[] content = Files.readAllBytes(zip(Map.of("a.txt", bytes("text".repeat(1000)))));
    content[indexOf(content, new byte[] {'P', 'K', 1, 2}) + 22] = 1; // packed bytes, third of four
    assertEntryRefused(content, "bytes packed and only 4000 unpacked");
  }

  @Test
  void read_checksumThatIsAnother_isRefused() throws IOException {
    byte[] content = Files.readAllBytes(zip(Map.of("a.txt", bytes("text".repeat(1000)))));
    content[indexOf(content, new byte[] {'P', 'K', 1, 2}) + 16] ^= 1;
    assertEntryRefused(content, "its checksum is not the one that the directory says");
  }

  private void assertEntryRefused(byte[] content, String inMessage) throws IOException {
    Path zip = Files.write(folder.resolve("bad.zip"), content);
    try (ZipSource source = open(zip)) {
      WroughtException refused = assertThrows(WroughtException.class, () -> Corpora.read(source));
      assertEquals(ErrorCode.INVALID_DATA, refused.code());
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("entry a.txt") && message.contains(inMessage), message);
    }
  }

  @Test
  void read_storedEntries_comeAsTheyAre() throws IOException {
    Path zip = folder.resolve("stored.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      byte[] content = bytes("as it is");
      CRC32 checksum = new CRC32();
      checksum.update(content);
      ZipEntry entry = new ZipEntry("a.txt");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(checksum.getValue());
      entry.setExtra(new byte[2000]);
      out.putNextEntry(entry);
      out.write(content);
      out.setComment("PK\5\6 in a comment that looks like the end of a zip");
    }
    try (ZipSource source = open(zip)) {
      assertEquals(List.of("a.txt: as it is"), Corpora.read(source));
    }
  }

  /** More than is read with the header at once. */
  @Test
  void read_longNamesAndExtras_areSkipped() throws IOException {
    String name = "a/".repeat(500) + "a.txt";
    Path zip = folder.resolve("names.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      ZipEntry entry = new ZipEntry(name);
      entry.setExtra(new byte[3000]);
      out.putNextEntry(entry);
      out.write(bytes("text".repeat(100)));
    }
    try (ZipSource source = open(zip)) {
      assertEquals(List.of(name + ": " + "text".repeat(100)), Corpora.read(source));
    }
  }

  /** As of a program that unpacks itself: places are counted from where the zip begins. */
  @Test
  void read_zipBehindSomethingElse_isFound() throws IOException {
    byte[] content = Files.readAllBytes(zip(Map.of("a.txt", bytes("1"), "b.txt", bytes("2"))));
    Path zip = folder.resolve("program.zip");
    Files.write(zip, bytes("#!/bin/sh\n"));
    Files.write(zip, content, StandardOpenOption.APPEND);
    try (ZipSource source = open(zip)) {
      assertEquals(List.of("a.txt: 1", "b.txt: 2"), Corpora.read(source));
    }
  }

  /** What a zip of more than 4 GiB has: the place as a number of 64 bits, behind the name. */
  @Test
  void read_placeOf64Bits_isFound() throws IOException {
    byte[] content = Files.readAllBytes(zip(Map.of("a.txt", bytes("text"))));
    int directory = indexOf(content, new byte[] {'P', 'K', 1, 2});
    int end = indexOf(content, new byte[] {'P', 'K', 5, 6});
    ByteBuffer large = ByteBuffer.allocate(content.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    large.put(content, 0, end).putShort((short) 1).putShort((short) 8).putLong(0);
    large.put(content, end, content.length - end);
    large.putShort(directory + 30, (short) 12).putInt(directory + 42, -1);
    large.putInt(end + 12 + 12, large.getInt(end + 12 + 12) + 12);
    Path zip = Files.write(folder.resolve("large.zip"), large.array());
    try (ZipSource source = open(zip)) {
      assertEquals(List.of("a.txt: text"), Corpora.read(source));
    }
  }

  private void assertRefused(Path zip, String inMessage) {
    WroughtException refused = assertThrows(WroughtException.class, () -> open(zip).close());
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
