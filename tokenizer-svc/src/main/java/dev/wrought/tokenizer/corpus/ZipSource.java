package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The entries of a zip or jar, each a document, in the order of their paths, read in place. Names
 * that lead out of the archive, and archives that unpack to many times their size, are refused as a
 * whole: both are made to do harm.
 */
final class ZipSource implements CorpusSource {
  private record Entry(ZipEntry header, long at) {
    String name() {
      return header.getName();
    }
  }

  private final Path file;
  private final FileChannel channel;
  private final List<Entry> entries;
  private final Queue<ZipEntryReader> idle = new ConcurrentLinkedQueue<>();

  ZipSource(Path file, PathGlobs globs) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file);
    try {
      this.entries = checkedEntries(globs);
    } catch (ZipException broken) {
      channel.close();
      throw new WroughtException(
          ErrorCode.INVALID_DATA, file + " is not a readable zip: " + broken.getMessage(), broken);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public long totalBytes() {
    return entries.stream().mapToLong(entry -> Math.max(0, entry.header().getSize())).sum();
  }

  @Override
  public void read(DocumentVisitor visitor) throws IOException {
    for (Entry entry : entries) {
      visitor.document(entry.name(), entry.header().getSize(), () -> content(entry));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private List<Entry> checkedEntries(PathGlobs globs) throws IOException {
    List<Entry> all = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      long[] offsets = ZipOffsets.of(channel, zip.size());
      zip.stream().forEachOrdered(header -> all.add(new Entry(header, offsets[all.size()])));
    }
    all.removeIf(entry -> entry.header().isDirectory());
    all.forEach(entry -> EntryNames.check(file, entry.name()));
    checkRatio(all);
    all.removeIf(entry -> !globs.wants(entry.name()));
    all.sort(Comparator.comparing(Entry::name));
    return List.copyOf(all);
  }

  /** Trusts the sizes in the directory; {@link #content} holds each entry to its own. */
  private void checkRatio(List<Entry> all) throws IOException {
    long unpacked = 0;
    for (Entry entry : all) {
      unpacked += Math.clamp(entry.header().getSize(), 0, Inflation.MOST_BYTES);
    }
    Inflation.check(file, Files.size(file), unpacked);
  }

  /** An entry that is not what it announces is refused. Thread-safe. */
  private byte[] content(Entry entry) throws IOException {
    ZipEntryReader idling = idle.poll();
    ZipEntryReader reader = idling == null ? new ZipEntryReader(channel) : idling;
    try {
      return reader.read(entry.header(), entry.at());
    } catch (ZipException | EOFException failure) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "%s: entry %s: %s; get the archive again"
              .formatted(file, entry.name(), failure.getMessage()),
          failure);
    } finally {
      idle.add(reader);
    }
  }
}
