package dev.wrought.tokenizer.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginConfig;
import dev.wrought.core.plugin.PluginContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every filter. A provider's test extends this. */
abstract class DocumentFilterContract {
  @TempDir Path home;

  /** The factory under test. */
  abstract DocumentFilterFactory factory();

  /** Settings that it can be made with. */
  Map<String, ?> settings() {
    return Map.of();
  }

  /** Documents that it changes or leaves out. */
  abstract List<String> interesting();

  @Test
  void apply_anything_changesNoInput() {
    DocumentFilter filter = open();
    for (byte[] document : documents()) {
      byte[] copy = document.clone();
      filter.apply("a", document);
      assertArrayEquals(copy, document);
    }
  }

  @Test
  void apply_fromManyThreads_isTheSameAsFromOne() {
    DocumentFilter filter = open();
    List<byte[]> documents = documents();
    List<String> alone = documents.stream().map(document -> applied(filter, document)).toList();
    IntStream.range(0, 50)
        .parallel()
        .forEach(round -> {
          int index = round % documents.size();
          assertEquals(alone.get(index), applied(filter, documents.get(index)));
        });
  }

  @Test
  void name_isOneThatRequestsMayUse() {
    assertTrue(factory().name().matches("[a-z][a-z0-9-]*"));
  }

  @Test
  void create_unknownSetting_isRefused() {
    PluginConfig unknown = PluginConfig.of(Map.of("nonsense", 1));
    assertThrows(WroughtException.class, () -> factory().create(unknown, PluginContext.of(home)));
  }

  private DocumentFilter open() {
    return factory().create(PluginConfig.of(settings()), PluginContext.of(home));
  }

  private List<byte[]> documents() {
    byte[] noise = new byte[3000];
    new Random(2).nextBytes(noise);
    return Stream.concat(
            interesting().stream().map(text -> text.getBytes(StandardCharsets.UTF_8)),
            Stream.of(new byte[0], noise, "plain text\n".getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static String applied(DocumentFilter filter, byte[] document) {
    return switch (filter.apply("a", document)) {
      case Filtered.Kept kept -> new String(kept.content(), StandardCharsets.ISO_8859_1);
      case Filtered.Dropped dropped -> "left out by " + dropped.rule();
    };
  }
}
