package dev.wrought.tokenizer.corpus;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * The deflated entries of a zip, as libdeflate unpacks them. The JDK's reader, which checks the
 * whole directory, opens the zip and reads what this one leaves to it; but it hands out no packed
 * bytes. Thread-safe.
 */
final class DeflatedEntries implements AutoCloseable {
  private static final int HEADER_BYTES = 30;

  /** Lie between the header and what is packed; with them it is read in one go. */
  private static final int USUAL_NAMES = 200;

  private static final int HEADER = 0x04034b50;
  private static final int NAME_LENGTH = 26;
  private static final int EXTRA_LENGTH = 28;

  private final FileChannel file;
  private final long fileBytes;
  private final Libdeflate libdeflate;
  private final Map<String, Long> places;

  private DeflatedEntries(FileChannel file, List<? extends ZipEntry> entries, Libdeflate libdeflate)
      throws IOException {
    this.file = file;
    this.fileBytes = file.size();
    this.libdeflate = libdeflate;
    this.places = places(file, entries);
  }

  /** Those of a zip. @param entries all of it, in its directory's order */
  static DeflatedEntries of(Path path, List<? extends ZipEntry> entries, Libdeflate libdeflate)
      throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new DeflatedEntries(file, entries, libdeflate);
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  /** By name; none if the directory cannot be followed. */
  private static Map<String, Long> places(FileChannel file, List<? extends ZipEntry> entries)
      throws IOException {
    long[] places = ZipDirectory.places(file, entries).orElse(new long[0]);
    Map<String, Long> byName = HashMap.newHashMap(places.length);
    for (int number = 0; number < places.length; number++) {
      byName.put(entries.get(number).getName(), places[number]);
    }
    return byName;
  }

  /**
   * Reads an entry, if it is deflated and its place is known.
   *
   * @param content filled to its last byte
   * @return whether it was read
   * @throws ZipException if it is damaged, or has another length
   */
  boolean read(ZipEntry entry, byte[] content) throws IOException {
    Long place = places.get(entry.getName());
    if (place == null || entry.getMethod() != ZipEntry.DEFLATED) {
      return false;
    }
    unpack(place, Math.toIntExact(entry.getCompressedSize()), content);
    return true;
  }

  /**
   * @param packed how many bytes of it lie behind the header
   */
  private void unpack(long place, int packed, byte[] content) throws IOException {
    int likely = Math.clamp(fileBytes - place, HEADER_BYTES, HEADER_BYTES + USUAL_NAMES + packed);
    ByteBuffer header = ZipDirectory.bytes(file, place, likely);
    if (header.getInt(0) != HEADER) {
      throw new ZipException("its header is not where the directory says");
    }
    int data =
        HEADER_BYTES
            + Short.toUnsignedInt(header.getShort(NAME_LENGTH))
            + Short.toUnsignedInt(header.getShort(EXTRA_LENGTH));
    ByteBuffer bytes =
        data + packed <= header.capacity()
            ? header.slice(data, packed)
            : ZipDirectory.bytes(file, place + data, packed);
    libdeflate.unpack(MemorySegment.ofBuffer(bytes), MemorySegment.ofArray(content));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
