package dev.wrought.tokenizer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every source. A provider's test extends this and makes something to read. */
abstract class CorpusSourceContract {
  @TempDir Path place;

  /** The factory under test. */
  abstract CorpusSourceFactory factory();

  /** Makes a place with at least three documents. @return the settings that open it */
  abstract Map<String, ?> settings() throws IOException;

  @Test
  void read_twice_yieldsTheSameInTheSameOrder() throws Exception {
    try (CorpusSource source = open()) {
      List<String> first = Corpora.read(source);
      assertTrue(first.size() >= 3);
      assertEquals(first, Corpora.read(source));
    }
  }

  @Test
  void read_announcedSizes_areEnough() throws Exception {
    try (CorpusSource source = open()) {
      source.read(
          visiting((path, bytes, content) -> {
            if (bytes >= 0) {
              assertTrue(content.read().length <= bytes, path);
            }
          }));
      assertTrue(source.totalBytes() >= 0);
    }
  }

  @Test
  void read_contentReadLater_isStillThatDocument() throws Exception {
    Map<String, Content> later = new TreeMap<>();
    List<String> now = new ArrayList<>();
    try (CorpusSource source = open()) {
      source.read(visiting((path, bytes, content) -> later.put(path, content)));
      source.read(visiting((path, bytes, content) -> now.add(path + content.read().length)));
      List<String> read = new ArrayList<>();
      for (Map.Entry<String, Content> entry : later.entrySet()) {
        read.add(entry.getKey() + entry.getValue().read().length);
      }
      assertEquals(now.stream().sorted().toList(), read.stream().sorted().toList());
    }
  }

  @Test
  void read_visitorThatThrows_stops() throws Exception {
    IllegalStateException enough = new IllegalStateException("enough");
    List<String> visited = new ArrayList<>();
    try (CorpusSource source = open()) {
      assertSame(
          enough,
          assertThrows(
              IllegalStateException.class,
              () ->
                  source.read(
                      visiting((path, bytes, content) -> {
                        visited.add(path);
                        throw enough;
                      }))));
      assertEquals(1, visited.size());
    }
  }

  @Test
  void create_unknownSetting_isRefused() {
    assertThrows(
        WroughtException.class,
        () -> {
          Map<String, Object> settings = new TreeMap<>(settings());
          settings.put("nonsense", 1);
          factory().create(PluginConfig.of(settings), PluginContext.of(place)).close();
        });
  }

  @Test
  void create_nothingAtThePath_fails() throws Exception {
    Map<String, Object> settings = new TreeMap<>(settings());
    settings.put("path", place.resolve("missing").toString());
    assertThrows(
        IOException.class,
        () -> factory().create(PluginConfig.of(settings), PluginContext.of(place)).close());
  }

  @Test
  void name_isOneThatRequestsMayUse() {
    assertTrue(factory().name().matches("[a-z][a-z0-9-]*"));
    assertFalse(factory().name().isEmpty());
  }

  private CorpusSource open() throws IOException {
    return factory().create(PluginConfig.of(settings()), PluginContext.of(place));
  }

  @FunctionalInterface
  private interface Visit {
    void document(String path, long bytes, Content content) throws IOException;
  }

  private static DocumentVisitor visiting(Visit visit) {
    return new DocumentVisitor() {
      @Override
      public void document(String path, long bytes, Content content) throws IOException {
        visit.document(path, bytes, content);
      }

      @Override
      public void dropped(String path, String reason) {}
    };
  }
}
