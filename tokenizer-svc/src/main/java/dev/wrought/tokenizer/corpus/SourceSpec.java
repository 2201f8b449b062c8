package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One source as it was asked for.
 *
 * @param path absolute
 * @param kind a source's name; empty: told from the path
 * @param field of a row; empty: the kind's default
 * @param weight how often each document counts in training: 2 twice, 0.5 every other one once
 */
public record SourceSpec(
    String path,
    String kind,
    List<String> include,
    List<String> exclude,
    String field,
    boolean skipBroken,
    double weight) {
  private static final double LARGEST_WEIGHT = 100;

  public SourceSpec {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    if (!path.startsWith("/") || path.startsWith("//") || !hasNone(path, "\0\\")) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "a source is an absolute path on the machine of the tokenizer service, without backslashes; '"
              + path.replace('\0', '?')
              + "' is none, and nothing is read from URIs");
    }
    if (!(weight > 0 && weight <= LARGEST_WEIGHT)) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "the weight of %s is %s; it must be above 0 and at most %s"
              .formatted(path, weight, LARGEST_WEIGHT));
    }
  }

  /** All documents at a path, of the kind that it looks like. */
  public static SourceSpec of(String path) {
    return new SourceSpec(path, "", List.of(), List.of(), "", false, 1);
  }

  /**
   * How often a document of this source counts in training. Of a broken number of times, its share
   * of the documents gets one more: those whose hash says so, whatever others there are.
   */
  public int copies(ContentHash document) {
    double whole = Math.floor(weight);
    return (int) whole + (document.otherFraction() < weight - whole ? 1 : 0);
  }

  private static boolean hasNone(String path, String characters) {
    return path.chars().noneMatch(c -> characters.indexOf(c) >= 0);
  }

  /** The kind asked for, or else what the path looks like. */
  public String resolvedKind() {
    if (!kind.isEmpty()) {
      return kind;
    }
    if (Files.isDirectory(Path.of(path))) {
      return DirectorySourceFactory.NAME;
    }
    String name = Compression.inner(path);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "jsonl", "ndjson" -> JsonlSourceFactory.NAME;
      case "json" -> // packed, as C4 and Dolma come, it holds rows
          Compression.of(path) == Compression.NONE
              ? TextSourceFactory.NAME
              : JsonlSourceFactory.NAME;
      case "csv" -> CsvSourceFactory.NAME;
      case "parquet" -> ParquetSourceFactory.NAME;
      case "tar" -> TarSourceFactory.NAME;
      case "zip", "jar" -> ZipSourceFactory.NAME;
      default -> TextSourceFactory.NAME;
    };
  }

  /** What is set, under the keys of a source's configuration. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("path", path);
    if (!include.isEmpty()) {
      settings.put("include", include);
    }
    if (!exclude.isEmpty()) {
      settings.put("exclude", exclude);
    }
    if (!field.isEmpty()) {
      settings.put("field", field);
    }
    if (skipBroken) {
      settings.put("skipBroken", true);
    }
    return settings;
  }
}
