package dev.wrought.tokenizer.corpus;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * The files of a tar, each a document, in the archive's order. Links, devices and files with holes
 * are left out and counted; a name that leads out of the archive refuses the whole.
 */
record TarFormat(Path file, PathGlobs globs) implements DocumentFormat {
  /** A long name, or what PAX says of an entry, takes some hundred bytes. */
  private static final long LONGEST_HEADERS = 1 << 20;

  private static final Set<Byte> REGULAR =
      Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG);

  @Override
  public void read(InputStream unpacked, DocumentVisitor visitor) throws IOException {
    Allowance allowance = new Allowance(unpacked);
    TarArchiveInputStream tar = // closed with the stream, by who opened that
        new TarArchiveInputStream(allowance, StandardCharsets.UTF_8.name());
    long unread = 0;
    for (TarArchiveEntry entry = next(tar, allowance, unread);
        entry != null;
        entry = next(tar, allowance, unread)) {
      EntryNames.check(file, entry.getName());
      unread = entry.getSize();
      if (!entry.isDirectory() && globs.wants(entry.getName())) {
        unread -= visit(entry, tar, visitor);
      }
    }
    if (allowance.read % TarConstants.DEFAULT_RCDSIZE != 0) {
      throw new EOFException("it is cut off within the header of an entry");
    }
  }

  private static @Nullable TarArchiveEntry next(
      TarArchiveInputStream tar, Allowance allowance, long unread) throws IOException {
    allowance.set(unread + LONGEST_HEADERS);
    TarArchiveEntry entry = tar.getNextEntry();
    if (entry != null) {
      if (!entry.isCheckSumOK()) {
        throw new IOException("the header of an entry is damaged: its check sum is wrong");
      }
      allowance.set(entry.getSize() + LONGEST_HEADERS);
    }
    return entry;
  }

  /**
   * @return how many bytes of the entry were read
   */
  private static long visit(
      TarArchiveEntry entry, TarArchiveInputStream tar, DocumentVisitor visitor)
      throws IOException {
    long size = entry.getSize();
    if (!REGULAR.contains(entry.getLinkFlag()) || entry.isSparse()) {
      visitor.dropped(entry.getName(), DropReason.LINK);
      return 0;
    }
    if (size > Corpus.LONGEST_DOCUMENT) {
      visitor.dropped(entry.getName(), DropReason.TOO_LONG);
      return 0;
    }
    byte[] content = new byte[(int) size];
    if (tar.readNBytes(content, 0, content.length) < content.length) {
      throw new EOFException("it ends within the entry " + entry.getName());
    }
    visitor.document(entry.getName(), size, () -> content);
    return size;
  }

  /** Bounds what is read for headers, which the reader of tars keeps in memory whole. */
  private static final class Allowance extends FilterInputStream {
    private long left;
    private long read;

    Allowance(InputStream in) {
      super(in);
    }

    /** How many bytes may be read from now on. */
    void set(long bytes) {
      left = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int more = super.read(into, from, length);
      take(Math.max(0, more));
      if (left < 0) {
        throw new IOException("the header of an entry has more than " + LONGEST_HEADERS + " bytes");
      }
      return more;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(Math.min(bytes, left));
      take(skipped);
      return skipped;
    }

    private void take(long bytes) {
      left -= bytes;
      read += bytes;
    }
  }
}
