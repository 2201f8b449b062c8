package dev.wrought.tokenizer.corpus;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One source as it was asked for.
 *
 * @param path absolute
 * @param kind a source's name; empty: told from the path
 * @param field of a JSONL row; empty: the kind's default
 */
public record SourceSpec(
    String path,
    String kind,
    List<String> include,
    List<String> exclude,
    String field,
    boolean skipBroken) {

  public SourceSpec {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "a source's path must be absolute, and is '" + path.replace('\0', '?') + "'");
    }
  }

  /** All documents at a path, of the kind that it looks like. */
  public static SourceSpec of(String path) {
    return new SourceSpec(path, "", List.of(), List.of(), "", false);
  }

  /** The kind asked for, or else what the path looks like. */
  public String resolvedKind() {
    if (!kind.isEmpty()) {
      return kind;
    }
    if (Files.isDirectory(Path.of(path))) {
      return DirectorySourceFactory.NAME;
    }
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return JsonlSourceFactory.NAME;
    }
    return name.endsWith(".zip") || name.endsWith(".jar")
        ? ZipSourceFactory.NAME
        : TextSourceFactory.NAME;
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
