package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.wrought.core.error.WroughtException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FAULTS D3 for what is packed with gzip and Zstandard. */
class PackedFileTest {
  private static final List<String> PACKED = List.of(".gz", ".zst");

  @TempDir Path folder;

  @Test
  void read_packedSources_areAsUnpacked() throws IOException {
    for (String packing : PACKED) {
      assertEquals(
          List.of("x.jsonl%s:1: a".formatted(packing)),
          read(pack("x.jsonl" + packing, "{\"text\":\"a\"}\n"), new JsonlSourceFactory()));
      assertEquals(
          List.of("x.csv%s:2: a".formatted(packing)),
          read(pack("x.csv" + packing, "text\na\n"), new CsvSourceFactory()));
      assertEquals(
          List.of("x.txt%s@0: a\n".formatted(packing)),
          read(pack("x.txt" + packing, "a\n"), new TextSourceFactory()));
    }
  }

  /** As {@code cat} joins them, and parallel compressors write them. */
  @Test
  void read_severalMembers_areOneText() throws IOException {
    for (String packing : PACKED) {
      byte[] one = packed(packing, "one ".getBytes(UTF_8));
      byte[] two = packed(packing, "two".getBytes(UTF_8));
      Path file = folder.resolve("x.txt" + packing);
      Files.write(file, join(one, two));
      assertEquals(
          List.of("x.txt%s@0: one two".formatted(packing)), read(file, new TextSourceFactory()));
    }
  }

  @Test
  void totalBytes_packed_isAbout() throws IOException {
    String text = lines(12 << 20);
    for (String packing : PACKED) {
      try (CorpusSource source =
          Corpora.open(new TextSourceFactory(), pack("x.txt" + packing, text), Map.of())) {
        assertEquals(text.length(), source.totalBytes(), 0.2 * text.length());
      }
    }
  }

  @Test
  void read_fileThatIsCutOff_isRefused() throws IOException {
    byte[] text = lines(100_000).getBytes(UTF_8);
    for (String packing : PACKED) {
      byte[] whole = packed(packing, text);
      for (int length : new int[] {1, 9, whole.length / 2, whole.length - 1}) {
        Path file = folder.resolve("cut.txt" + packing);
        Files.write(file, Arrays.copyOf(whole, length));
        assertDamaged(file, "damaged or cut off");
      }
    }
  }

  @Test
  void read_fileWithFlippedBits_isRefused() throws IOException {
    byte[] text = lines(100_000).getBytes(UTF_8);
    for (String packing : PACKED) {
      byte[] whole = packed(packing, text);
      for (int at : new int[] {0, whole.length / 3, whole.length - 4}) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 4;
        Path file = folder.resolve("flipped.txt" + packing);
        Files.write(file, damaged);
        assertDamaged(file, "damaged or cut off");
      }
    }
  }

  /** The rest of the file would be lost without a word. */
  @Test
  void read_rubbishAfterAMember_isRefused() throws IOException {
    for (String packing : PACKED) {
      Path file = folder.resolve("x.txt" + packing);
      Files.write(file, join(packed(packing, "text".getBytes(UTF_8)), "rubbish".getBytes(UTF_8)));
      assertDamaged(file, "damaged or cut off");
    }
  }

  @Test
  void read_bomb_isRefusedByItsRatio() throws IOException {
    for (String packing : PACKED) {
      Path file = folder.resolve("bomb.txt" + packing);
      Files.write(file, packed(packing, new byte[64 << 20]));
      WroughtException refused =
          assertThrows(WroughtException.class, () -> read(file, new TextSourceFactory()));
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains(file + " holds"), message);
      assertTrue(message.contains("more than 100:1 is refused"), message);
    }
  }

  @Test
  void check_moreThanAnyCorpusHas_isRefused() {
    long packed = Inflation.MOST_BYTES / 4;
    Inflation.check(Path.of("/x.gz"), packed, Inflation.MOST_BYTES);
    WroughtException refused =
        assertThrows(
            WroughtException.class,
            () -> Inflation.check(Path.of("/x.gz"), packed, Inflation.MOST_BYTES + 1));
    assertTrue(String.valueOf(refused.getMessage()).contains("/x.gz holds more than"));
  }

  private void assertDamaged(Path file, String why) {
    IOException refused =
        assertThrows(IOException.class, () -> read(file, new TextSourceFactory()), "" + file);
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
  }

  private static List<String> read(Path file, CorpusSourceFactory factory) throws IOException {
    return Corpora.read(Corpora.open(factory, file, Map.of()));
  }

  private Path pack(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, packed(name, text.getBytes(UTF_8)));
    return file;
  }

  private static byte[] packed(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing(name, bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static OutputStream packing(String name, OutputStream bytes) throws IOException {
    return name.endsWith(".gz")
        ? new GZIPOutputStream(bytes)
        : new ZstdOutputStream(bytes, Zstd.defaultCompressionLevel()).setChecksum(true);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  /** Lines that pack about 3:1. */
  private static String lines(int bytes) {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append("a line with number ").append(random.nextInt()).append(" in it\n");
    }
    return text.toString();
  }
}
