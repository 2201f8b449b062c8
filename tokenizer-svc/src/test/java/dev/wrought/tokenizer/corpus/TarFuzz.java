package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tar. The check sums of its headers are mended: by chance hardly one would be right. */
public final class TarFuzz implements FuzzTarget {
  private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;
  private static final byte[] USTAR = "ustar".getBytes(US_ASCII);

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new TarFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    byte[] tar = input.clone();
    for (int block = 0; block + BLOCK <= tar.length; block += BLOCK) {
      if (isHeader(tar, block)) {
        mend(tar, block);
      }
    }
    FuzzedSource.read("fuzzed.tar", tar);
  }

  private static boolean isHeader(byte[] tar, int block) {
    int magic = block + TarConstants.MAGIC_OFFSET;
    return Arrays.equals(tar, magic, magic + USTAR.length, USTAR, 0, USTAR.length);
  }

  /** The sum counts its own eight bytes as spaces. */
  private static void mend(byte[] tar, int block) {
    int field = block + TarConstants.CHKSUM_OFFSET;
    Arrays.fill(tar, field, field + TarConstants.CHKSUMLEN, (byte) ' ');
    int sum = 0;
    for (int at = block; at < block + BLOCK; at++) {
      sum += tar[at] & 0xFF;
    }
    byte[] mended = "%06o\0".formatted(sum).getBytes(US_ASCII);
    System.arraycopy(mended, 0, tar, field, mended.length);
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.INVALID_DATA);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        tar(TarArchiveOutputStream.LONGFILE_POSIX), tar(TarArchiveOutputStream.LONGFILE_GNU));
  }

  private static byte[] tar(int longNames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, BLOCK)) {
      tar.setLongFileMode(longNames);
      for (String name : List.of("a.txt", "folder/".repeat(20) + "b")) {
        byte[] content = name.getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
      tar.putArchiveEntry(new TarArchiveEntry("link", TarConstants.LF_SYMLINK));
      tar.closeArchiveEntry();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "ustar\00000",
        "ustar  \0",
        "././@LongLink",
        "11 path=a\n",
        "12 size=100\n",
        "20 GNU.sparse.map=0\n",
        "22 GNU.sparse.major=1\n",
        "20 SCHILY.realsize=9\n",
        "../",
        "77777777777",
        "\u0080\0\0\0\0\0\0\0\0\0\0\u00FF",
        "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/tokenizer/corpus/{TarFormat,EntryNames,PathGlobs,StreamSource}.java");
  }

  @Override
  public Set<String> guides() {
    return Set.of(OURS, "org.apache.commons.compress.**");
  }
}
