package dev.wrought.tokenizer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest extends CorpusSourceContract {
  @TempDir Path folder;

  @Override
  CorpusSourceFactory factory() {
    return new CsvSourceFactory();
  }

  @Override
  Map<String, ?> settings() throws IOException {
    Path file = Files.writeString(place.resolve("a.csv"), "id,text\n1,a\n2,bb\n3,\"c,c\"\n");
    return Map.of("path", file.toString());
  }

  @Test
  void read_records_giveTheColumn() throws IOException {
    assertEquals(List.of("x.csv:2: one", "x.csv:3: zwei é"), read("id,text\n1,one\n2,zwei é"));
    assertEquals(List.of("x.csv:2: 1"), Corpora.read(open("id,text\n1,one\n", "id", false)));
  }

  /** RFC 4180, section 2. */
  @Test
  void read_quotedFields_mayHoldCommasLineEndsAndQuotes() throws IOException {
    assertEquals(
        List.of("x.csv:2: a, \"b\"\r\nc\n", "x.csv:5: ", "x.csv:6: 5\" pipe", "x.csv:7: ,"),
        read(
            "\uFEFFtext,\"id\"\r\n"
                + "\"a, \"\"b\"\"\r\nc\n\",1\r\n"
                + "\"\",2\r\n"
                + "5\" pipe,3\r\n"
                + "\",\",\"4\"\r\n"
                + "\r\n"));
  }

  @Test
  void read_nothing_isNoDocument() throws IOException {
    assertEquals(List.of(), read(""));
  }

  @Test
  void read_missingColumn_namesThoseThatAreThere() {
    for (String header : List.of("body,id\n1,2\n", "body,id")) {
      WroughtException refused = assertThrows(WroughtException.class, () -> read(header));
      assertEquals(
          folder.resolve("x.csv")
              + ":1: there is no column 'text' (--field); the header has body, id",
          message(refused));
    }
  }

  @Test
  void read_brokenRecord_stopsWithFileAndLine() {
    for (String broken : List.of("1", "1,2,3", "\"a\"b,1", "\"never closed,1\n2,3\n")) {
      WroughtException refused =
          assertThrows(
              WroughtException.class, () -> read("text,id\n\"a\n\",0\n" + broken + "\nc,4\n"));
      assertEquals(ErrorCode.INVALID_DATA, refused.code());
      assertTrue(message(refused).startsWith(folder.resolve("x.csv") + ":4: "), message(refused));
    }
  }

  @Test
  void read_bytesThatAreNotUtf8_areRefusedByLine() throws IOException {
    Path file = folder.resolve("x.csv");
    Files.write(file, "text\ngood\nb\u00e4d\n".getBytes(StandardCharsets.ISO_8859_1));
    WroughtException refused =
        assertThrows(
            WroughtException.class, () -> Corpora.read(Corpora.open(factory(), file, Map.of())));
    assertTrue(message(refused).contains("x.csv:3: not UTF-8"), message(refused));
  }

  @Test
  void read_brokenRecordsToBeSkipped_areCounted() throws IOException {
    assertEquals(
        List.of("x.csv:2: a", "x.csv:3! broken", "x.csv:4: c", "x.csv:5! broken"),
        Corpora.read(open("text,id\na,1\nb\nc,3\n\"d,4\ne,5\n", "text", true)));
  }

  /** FAULTS D1: a quote that is never closed makes one row of the rest of the file. */
  @Test
  void read_rowOfManyMegabytes_isPassedOver() throws IOException {
    String file = "text,id\na,1\n\"" + "x,1\n".repeat(7 << 20);
    assertEquals(List.of("x.csv:2: a", "x.csv:3! broken"), Corpora.read(open(file, "text", true)));
  }

  private List<String> read(String content) throws IOException {
    return Corpora.read(open(content, "text", false));
  }

  private CorpusSource open(String content, String field, boolean skipBroken) throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), content);
    return Corpora.open(factory(), file, Map.of("field", field, "skipBroken", skipBroken));
  }

  private static String message(WroughtException failure) {
    return String.valueOf(failure.getMessage()).replaceFirst("^WROUGHT-\\d+: ", "");
  }
}
