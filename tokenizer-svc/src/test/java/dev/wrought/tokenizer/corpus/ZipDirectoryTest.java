package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipDirectoryTest {
  private static final int HEADER = 0x04034b50;

  @TempDir Path folder;

  @Test
  void places_ofAnyZip_areThoseOfTheHeaders() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    for (int number = 0; number < 100; number++) {
      entries.put("%03d\u00e9.txt".formatted(number), "text".repeat(number).getBytes(UTF_8));
    }
    assertPlaces(Corpora.zip(folder.resolve("x.zip"), entries));
    assertPlaces(Corpora.zip(folder.resolve("empty.zip"), Map.of()));
  }

  @Test
  void places_ofAZipBehindSomethingElse_areFound() throws IOException {
    Path zip = Corpora.zip(folder.resolve("x.zip"), Map.of("a", new byte[100], "b", new byte[9]));
    byte[] content = Files.readAllBytes(zip);
    Files.writeString(zip, "#!/bin/sh\n");
    Files.write(zip, content, StandardOpenOption.APPEND);
    assertPlaces(zip);
  }

  /** Whose numbers do not fit in the usual end. */
  @Test
  void places_ofMoreThan65535Entries_areFound() throws IOException {
    Path zip = folder.resolve("many.zip");
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(zip));
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setMethod(ZipOutputStream.STORED);
      for (int number = 0; number < 66_000; number++) {
        ZipEntry entry = new ZipEntry(String.valueOf(number));
        entry.setSize(0);
        entry.setCrc(0);
        out.putNextEntry(entry);
      }
      out.setComment("a comment of " + "many words ".repeat(5_000));
    }
    assertPlaces(zip);
  }

  /** Whose place lies behind sizes of 64 bits, themselves behind another field. */
  @Test
  void places_of64BitsBehindSizesOf64Bits_areFound() throws IOException {
    byte[] content =
        Files.readAllBytes(Corpora.zip(folder.resolve("x.zip"), Map.of("a", new byte[100])));
    int end = content.length - 22;
    ByteBuffer told = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int directory = told.getInt(end + 16);
    int extra = 4 + 2 + 4 + 3 * Long.BYTES;
    ByteBuffer large = ByteBuffer.allocate(content.length + extra).order(ByteOrder.LITTLE_ENDIAN);
    large.put(content, 0, end).putShort((short) 0x7777).putShort((short) 2).putShort((short) 0);
    large.putShort((short) 1).putShort((short) (3 * Long.BYTES));
    large.putLong(told.getInt(directory + 24)).putLong(told.getInt(directory + 20)).putLong(0);
    large.put(content, end, content.length - end);
    large.putInt(directory + 20, -1).putInt(directory + 24, -1).putInt(directory + 42, -1);
    large.putShort(directory + 30, (short) extra);
    large.putInt(end + extra + 12, large.getInt(end + extra + 12) + extra);
    assertPlaces(Files.write(folder.resolve("large.zip"), large.array()));
  }

  private static void assertPlaces(Path zip) throws IOException {
    try (ZipFile known = new ZipFile(zip.toFile());
        FileChannel file = FileChannel.open(zip)) {
      List<? extends ZipEntry> entries = known.stream().toList();
      long[] places = ZipDirectory.places(file, entries).orElseThrow();
      assertEquals(entries.size(), places.length);
      for (int number = 0; number < places.length; number += 1 + places.length / 200) {
        String name = entries.get(number).getName();
        byte[] bytes = name.getBytes(UTF_8);
        var header = ZipDirectory.bytes(file, places[number], 30 + bytes.length);
        assertEquals(HEADER, header.getInt(0));
        assertEquals(name, new String(header.array(), 30, bytes.length, UTF_8));
      }
    }
  }

  @Test
  void places_ofAnotherZip_areNotThere() throws IOException {
    Path zip = Corpora.zip(folder.resolve("x.zip"), Map.of("a", new byte[100]));
    Path other =
        Corpora.zip(folder.resolve("y.zip"), Map.of("a", new byte[1000], "b", new byte[9]));
    Path none = Files.writeString(folder.resolve("z.zip"), "no zip, but long enough for an end");
    try (ZipFile known = new ZipFile(other.toFile())) {
      List<? extends ZipEntry> entries = known.stream().toList();
      for (Path each : List.of(zip, none)) {
        try (FileChannel file = FileChannel.open(each)) {
          assertEquals(Optional.empty(), ZipDirectory.places(file, entries));
        }
      }
      try (FileChannel file = FileChannel.open(other)) {
        assertTrue(ZipDirectory.places(file, entries).isPresent());
      }
    }
  }
}
