package dev.wrought.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventLogTest {
  @TempDir Path folder;
  private Path file = Path.of("unset");

  @BeforeEach
  void place() {
    file = folder.resolve("events.log");
  }

  @Test
  void append_thenRead_givesLinesInOrder() {
    append("{\"a\":1}", "{\"b\":\"é\"}");
    assertEquals(List.of("{\"a\":1}", "{\"b\":\"é\"}"), all(0));
  }

  @Test
  void read_fromASequence_goesOnAfterIt() {
    append("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    long first = new EventLogReader(file).read(0).lines().getFirst().sequence();
    assertEquals(List.of("{\"a\":2}", "{\"a\":3}"), all(first));
  }

  @Test
  void read_noFileYet_isEmpty() {
    assertTrue(new EventLogReader(file).read(0).atEnd(0));
  }

  @Test
  void read_lineWithoutEnd_waits() throws IOException {
    Files.writeString(file, "{\"a\":1}\n{\"a\":");
    assertEquals(List.of("{\"a\":1}"), all(0));
    Files.writeString(file, "{\"a\":1}\n{\"a\":2}\n");
    assertEquals(List.of("{\"a\":2}"), all(8));
  }

  @Test
  void open_tornTail_isSealedAtEveryLength() throws IOException {
    String last = "{\"step\":2,\"loss\":3.5}";
    for (int kept = 0; kept <= last.length(); kept++) {
      Files.writeString(file, "{\"step\":1}\n" + last.substring(0, kept));
      append("{\"step\":3}");
      List<String> expected = new ArrayList<>(List.of("{\"step\":1}"));
      if (kept == last.length()) {
        expected.add(last); // only its line break was lost
      }
      expected.add("{\"step\":3}");
      assertEquals(expected, all(0), "kept " + kept);
    }
  }

  @Test
  void append_afterAnotherWritersTornLine_sealsIt() throws IOException {
    try (EventLog worker = EventLog.open(file)) {
      worker.append("{\"step\":1}");
      Files.writeString(file, "{\"state\":\"Stop", StandardOpenOption.APPEND);
      worker.append("{\"step\":2}");
      worker.append("{\"step\":3}");
    }
    assertEquals(List.of("{\"step\":1}", "{\"step\":2}", "{\"step\":3}"), all(0));
  }

  @Test
  void append_manyWritersAtOnce_losesAndMixesNothing() throws Exception {
    int writers = 4;
    int each = 500;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (int writer = 0; writer < writers; writer++) {
        int id = writer;
        threads.submit(() -> {
          try (EventLog log = EventLog.open(file)) { // each its own, as processes have
            for (int i = 0; i < each; i++) {
              log.append("{\"writer\":%d,\"i\":%d}".formatted(id, i));
            }
          }
        });
      }
    }
    List<String> lines = all(0);
    assertEquals(writers * each, lines.size());
    assertEquals(writers * each, lines.stream().distinct().count());
  }

  @Test
  void read_longLine_isReadWhole() {
    String recipe = "x".repeat(1_000_000);
    append("{\"recipe\":\"" + recipe + "\"}", "{}");
    assertEquals(2, all(0).size());
  }

  @Test
  void append_lineBreak_isRefused() {
    try (EventLog log = EventLog.open(file)) {
      assertThrows(IllegalArgumentException.class, () -> log.append("{\n}"));
    }
  }

  @Test
  void cursor_survivesAndForgivesGarbage() throws IOException {
    SpoolCursor cursor = new SpoolCursor(folder.resolve("events.cursor"));
    assertEquals(0, cursor.read());
    cursor.write(42);
    assertEquals(42, cursor.read());
    Files.writeString(cursor.file(), "forty-two");
    assertEquals(0, cursor.read());
    Files.write(cursor.file(), new byte[] {'4', (byte) 0xff});
    assertEquals(0, cursor.read(), "no UTF-8");
  }

  @Test
  void eventIds_areDeterministicAndDistinct() {
    assertEquals("u/1/5/step", EventIds.of("u", 1, 5, EventType.STEP, ""));
    assertEquals("u/2/5/validation/jdk", EventIds.of("u", 2, 5, EventType.VALIDATION, "jdk"));
  }

  private void append(String... events) {
    try (EventLog log = EventLog.open(file)) {
      for (String event : events) {
        log.append(event);
      }
      log.sync();
    }
  }

  private List<String> all(long from) {
    List<String> lines = new ArrayList<>();
    EventLogReader reader = new EventLogReader(file);
    EventLogReader.Batch batch = reader.read(from);
    while (!batch.atEnd(from)) {
      batch.lines().forEach(line -> lines.add(line.json()));
      from = batch.sequence();
      batch = reader.read(from);
    }
    return lines;
  }
}
