package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The sources of a corpus, opened, and its filters. */
public final class Corpus implements AutoCloseable {
  /** Longer documents are left out. */
  public static final int LONGEST_DOCUMENT = 4 << 20;

  private static final int BINARY_SHOWS_WITHIN = 8000;

  /**
   * A source under the path and kind that it was asked for with.
   *
   * @param state of its file before it was opened; empty for a folder, or what is no file
   */
  record OpenSource(SourceSpec spec, CorpusSource source, Optional<FileState> state) {}

  /** A filter under its name. */
  record NamedFilter(String name, DocumentFilter filter) {
    String reason(Filtered.Dropped dropped) {
      return dropped.rule().isEmpty() ? name : name + "/" + dropped.rule();
    }
  }

  private final CorpusSpec spec;
  private final List<OpenSource> sources;
  private final List<NamedFilter> filters;

  Corpus(CorpusSpec spec, List<OpenSource> sources, List<NamedFilter> filters) {
    this.spec = spec;
    this.sources = List.copyOf(sources);
    this.filters = List.copyOf(filters);
  }

  /** What was asked for. */
  CorpusSpec spec() {
    return spec;
  }

  /** How many sources there are. */
  public int sources() {
    return sources.size();
  }

  /** A source as it was asked for. */
  public SourceSpec source(int index) {
    return sources.get(index).spec();
  }

  /** About how many bytes all sources will yield; 0 if not known. */
  public long totalBytes() {
    return sources.stream().mapToLong(open -> open.source().totalBytes()).sum();
  }

  /** Hands every document of one source to the visitor, unfiltered. */
  public void read(int index, DocumentVisitor visitor) {
    OpenSource open = sources.get(index);
    try {
      open.source().read(visitor);
    } catch (IOException failure) {
      throw unreadable(open.spec(), failure);
    }
  }

  /**
   * Checks that a source's file is still the one that was opened.
   *
   * @throws WroughtException INVALID_DATA if it was changed, saying how
   */
  void checkUnchanged(int index) {
    OpenSource open = sources.get(index);
    if (open.state().isPresent()) {
      try {
        open.state().get().check(Path.of(open.spec().path()));
      } catch (IOException failure) {
        throw unreadable(open.spec(), failure);
      }
    }
  }

  /** Applies the filters to a document. Thread-safe. */
  Outcome<Document> filter(long number, String path, byte[] raw) {
    if (raw.length > LONGEST_DOCUMENT) {
      return Outcome.dropped(path, raw.length, DropReason.TOO_LONG);
    }
    if (isBinary(raw)) {
      return Outcome.dropped(path, raw.length, DropReason.BINARY);
    }
    byte[] content = raw;
    for (NamedFilter each : filters) {
      switch (each.filter().apply(path, content)) {
        case Filtered.Kept kept -> content = kept.content();
        case Filtered.Dropped dropped -> {
          return Outcome.dropped(path, raw.length, each.reason(dropped));
        }
      }
    }
    return isBlank(content)
        ? Outcome.dropped(path, raw.length, DropReason.EMPTY)
        : Outcome.kept(
            path, raw.length, new Document(number, path, content, ContentHash.of(content)));
  }

  @Override
  public void close() {
    for (OpenSource open : sources) {
      try {
        open.source().close();
      } catch (IOException failure) {
        throw unreadable(open.spec(), failure);
      }
    }
  }

  static WroughtException unreadable(SourceSpec source, IOException failure) {
    String kind = source.resolvedKind();
    return switch (failure) {
      case NoSuchFileException missing ->
          new WroughtException(
              ErrorCode.NOT_FOUND,
              "there is nothing at "
                  + missing.getFile()
                  + ": a source's path is one of the machine that the tokenizer service runs on",
              failure);
      case NotDirectoryException file ->
          new WroughtException(
              ErrorCode.INVALID_ARGUMENT,
              file.getFile() + " is not a folder, which a source of kind " + kind + " needs",
              failure);
      case AccessDeniedException denied ->
          new WroughtException(
              ErrorCode.INVALID_DATA,
              "the tokenizer service may not read " + denied.getFile() + ": check its permissions",
              failure);
      default ->
          new WroughtException(
              ErrorCode.INVALID_DATA,
              "cannot read %s as a %s source: %s"
                  .formatted(source.path(), kind, failure.getMessage()),
              failure);
    };
  }

  /**
   * As Git tells: text has no NUL near its beginning. Looked for in a string, many bytes at once.
   */
  private static boolean isBinary(byte[] content) {
    int length = Math.min(content.length, BINARY_SHOWS_WITHIN);
    return new String(content, 0, length, StandardCharsets.ISO_8859_1).indexOf(0) >= 0;
  }

  private static boolean isBlank(byte[] content) {
    for (byte value : content) {
      if (value != ' ' && (value < '\t' || value > '\r')) {
        return false;
      }
    }
    return true;
  }
}
