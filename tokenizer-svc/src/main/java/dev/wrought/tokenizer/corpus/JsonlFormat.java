package dev.wrought.tokenizer.corpus;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wrought.tokenizer.corpus.Rows.BrokenRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file with a JSON object a line, a field of which is a document. Lines may end with CR LF; blank
 * ones are nothing. Only lines are cut on the thread that reads; they are parsed where they are
 * worked on.
 */
record JsonlFormat(Path file, String field, boolean skipBroken) implements DocumentFormat {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  @Override
  public void read(InputStream unpacked, DocumentVisitor visitor) throws IOException {
    Rows rows = new Rows(file, skipBroken, visitor);
    LineReader lines = new LineReader(unpacked, Rows.LONGEST_ROW);
    for (long number = 1; lines.next(); number++) {
      int from = number == 1 ? lines.byteOrderMark() : 0;
      if (lines.isTooLong() || !isBlank(lines.bytes(), from, lines.length())) {
        rows.visit(number, lines, from, this::textOf);
      }
    }
  }

  private byte[] textOf(byte[] line) throws BrokenRow {
    JsonNode row = parse(line);
    JsonNode text = row.path(field);
    if (!text.isTextual()) {
      throw new BrokenRow(
          "a JSON object with the text in the field '%s' is expected, found %s"
              .formatted(field, row.isObject() ? "the fields " + names(row) : row.getNodeType()));
    }
    return utf8(text.textValue());
  }

  private static JsonNode parse(byte[] line) throws BrokenRow {
    try {
      return JSON.readTree(line);
    } catch (IOException failure) {
      String why = Rows.message(failure).replaceFirst(" \\(start marker at .*", "");
      throw new BrokenRow("not JSON: " + why);
    }
  }

  private static byte[] utf8(String text) throws BrokenRow {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw new BrokenRow("the text has a lone surrogate, which is no character");
        }
        i++;
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String names(JsonNode row) {
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    return Rows.list(names);
  }

  private static boolean isBlank(byte[] line, int from, int to) {
    for (int i = from; i < to; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
