package dev.wrought.tokenizer.corpus;

import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small corpora for tests. */
public final class Corpora {
  private Corpora() {}

  public static CorpusPlugins plugins(Path folder) {
    return new CorpusPlugins(folder.resolve("no-plugins"), PluginContext.of(folder));
  }

  public static CorpusSpec of(Path... sources) {
    return new CorpusSpec(
        List.of(sources).stream().map(path -> SourceSpec.of(path.toString())).toList(),
        List.of(),
        true,
        0);
  }

  /** Writes files under a folder. @param files path within it, text */
  public static Path write(Path folder, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(path, file.getValue());
    }
    return folder;
  }

  static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  /** Opens a source as a request would. @param settings beside the path */
  static CorpusSource open(CorpusSourceFactory factory, Path path, Map<String, ?> settings)
      throws IOException {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("path", path.toString());
    return factory.create(PluginConfig.of(all), PluginContext.of(path.resolveSibling("home")));
  }

  /** Everything that a source yields, a line each: "path: text", or "path! reason". */
  static List<String> read(CorpusSource source) throws IOException {
    List<String> read = new ArrayList<>();
    source.read(
        new DocumentVisitor() {
          @Override
          public void document(String path, long bytes, Content content) throws IOException {
            try {
              read.add(path + ": " + new String(content.read(), StandardCharsets.UTF_8));
            } catch (DroppedException dropped) {
              dropped(path, dropped.reason());
            }
          }

          @Override
          public void dropped(String path, String reason) {
            read.add(path + "! " + reason);
          }
        });
    return read;
  }
}
