package dev.wrought.tokenizer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FAULTS D1: JSONL broken at line N, CRLF, a line without end. */
class JsonlSourceTest extends CorpusSourceContract {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @Override
  CorpusSourceFactory factory() {
    return new JsonlSourceFactory();
  }

  @Override
  Map<String, ?> settings() throws IOException {
    Path file = place.resolve("a.jsonl");
    Files.writeString(file, "{\"text\":\"a\"}\n{\"text\":\"bb\"}\n{\"text\":\"ccc\"}\n");
    return Map.of("path", file.toString());
  }

  @Test
  void read_rows_givesTheField() throws IOException {
    assertEquals(
        List.of("x.jsonl:1: one", "x.jsonl:2: zwei é"),
        read("{\"text\":\"one\",\"id\":1}\n{\"id\":2,\"text\":\"zwei \\u00e9\"}", "text"));
    assertEquals(List.of("x.jsonl:1: b"), read("{\"text\":\"a\",\"body\":\"b\"}\n", "body"));
  }

  @Test
  void read_crLfBlankLinesAndByteOrderMark_areNoDocuments() throws IOException {
    assertEquals(
        List.of("x.jsonl:1: a", "x.jsonl:4: b\r\n"),
        read("\uFEFF{\"text\":\"a\"}\r\n\r\n  \n{\"text\":\"b\\r\\n\"}\r\n", "text"));
  }

  @Test
  void read_brokenLine_stopsWithFileAndLine() throws IOException {
    for (String broken :
        List.of(
            "{\"text\":",
            "nonsense",
            "{\"text\":1}",
            "{\"other\":\"a\"}",
            "[\"text\"]",
            "\"text\"",
            "{\"text\":\"a\"} {\"text\":\"b\"}",
            "{\"text\":\"\\ud800\"}")) {
      WroughtException refused =
          assertThrows(
              WroughtException.class,
              () -> read("{\"text\":\"a\"}\n\n" + broken + "\n{\"text\":\"c\"}\n", "text"));
      assertEquals(ErrorCode.INVALID_DATA, refused.code());
      assertTrue(
          String.valueOf(refused.getMessage()).startsWith(folder.resolve("x.jsonl") + ":3: "),
          refused.getMessage());
    }
  }

  @Test
  void read_missingField_namesThoseThatAreThere() {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> read("{\"body\":\"a\",\"id\":3}\n", "text"));
    assertTrue(
        String.valueOf(refused.getMessage())
            .contains("field 'text' is expected, found the fields body, id"),
        refused.getMessage());
  }

  @Test
  void read_brokenLinesToBeSkipped_areCounted() throws IOException {
    assertEquals(
        List.of("x.jsonl:1: a", "x.jsonl:2! broken", "x.jsonl:3: c", "x.jsonl:4! broken"),
        Corpora.read(open("{\"text\":\"a\"}\n{\n{\"text\":\"c\"}\n{\"text\":\"d", "text", true)));
  }

  @Test
  void read_lineThatIsTooLong_isRefused() throws IOException {
    Path file = sparse("{\"text\":\"a\"}\n", 32 << 20, "\n");
    WroughtException refused =
        assertThrows(WroughtException.class, () -> Corpora.read(open(file, "text", false)));
    assertTrue(String.valueOf(refused.getMessage()).contains("x.jsonl:2: the row has more than"));
  }

  /** Who keeps the line, if only until its end is found, allocates more than its size. */
  @Test
  void read_lineOfAGigabyte_isPassedOverInBoundedMemory() throws IOException {
    Path file = sparse("{\"text\":\"a\"}\n", 1 << 30, "\n{\"text\":\"b\"}\n");
    long before = THREADS.getCurrentThreadAllocatedBytes();
    List<String> read = Corpora.read(open(file, "text", true));
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertEquals(List.of("x.jsonl:1: a", "x.jsonl:2! broken", "x.jsonl:3: b"), read);
    assertTrue(allocated > 0 && allocated < 100 << 20, allocated + " bytes were allocated");
  }

  /** A file that takes up no room: its middle is a hole, which reads as zeros. */
  private Path sparse(String start, int holeBytes, String end) throws IOException {
    Path file = Files.writeString(folder.resolve("x.jsonl"), start);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(open.length() + holeBytes);
      open.writeBytes(end);
    }
    return file;
  }

  private List<String> read(String content, String field) throws IOException {
    return Corpora.read(open(content, field, false));
  }

  private CorpusSource open(String content, String field, boolean skipBroken) throws IOException {
    return open(Files.writeString(folder.resolve("x.jsonl"), content), field, skipBroken);
  }

  private CorpusSource open(Path file, String field, boolean skipBroken) throws IOException {
    return Corpora.open(factory(), file, Map.of("field", field, "skipBroken", skipBroken));
  }
}
