package dev.wrought.tokenizer.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file with a JSON object a line, a field of which is a document. Lines may end with CR LF; blank
 * ones are nothing. A broken line stops the reading with file and line, or is counted and skipped
 * where that was asked for.
 */
final class JsonlSource implements CorpusSource {
  /** Room for the longest document with every character escaped. */
  private static final int LONGEST_LINE = 6 * Corpus.LONGEST_DOCUMENT;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path file;
  private final String field;
  private final boolean skipBroken;
  private final long bytes;

  JsonlSource(Path file, String field, boolean skipBroken) throws IOException {
    this.file = file;
    this.field = field;
    this.skipBroken = skipBroken;
    this.bytes = Files.size(file);
  }

  @Override
  public long totalBytes() {
    return bytes;
  }

  @Override
  public void read(DocumentVisitor visitor) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      LineReader lines = new LineReader(in, LONGEST_LINE);
      for (long number = 1; lines.next(); number++) {
        String path = file.getFileName() + ":" + number;
        try {
          visitLine(path, lines, number == 1, visitor);
        } catch (BrokenLine broken) {
          if (!skipBroken) {
            throw new WroughtException(
                ErrorCode.INVALID_DATA,
                "%s:%d: %s; mend it, or have broken lines skipped (--skip-broken)"
                    .formatted(file, number, broken.getMessage()));
          }
          visitor.dropped(path, DropReason.BROKEN);
        }
      }
    }
  }

  private void visitLine(String path, LineReader lines, boolean first, DocumentVisitor visitor)
      throws IOException, BrokenLine {
    if (lines.isTooLong()) {
      throw new BrokenLine("the line has more than " + LONGEST_LINE + " bytes");
    }
    int from = first && startsWithMark(lines) ? BYTE_ORDER_MARK.length : 0;
    if (isBlank(lines.bytes(), from, lines.length())) {
      return;
    }
    byte[] text = textOf(lines.bytes(), from, lines.length());
    visitor.document(path, text.length, () -> text);
  }

  private byte[] textOf(byte[] line, int from, int to) throws IOException, BrokenLine {
    JsonNode row;
    try {
      row = JSON.readTree(line, from, to - from);
    } catch (JsonProcessingException failure) {
      String why = failure.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
      throw new BrokenLine("not JSON: " + why);
    }
    JsonNode text = row.path(field);
    if (!text.isTextual()) {
      throw new BrokenLine(
          "a JSON object with the text in the field '%s' is expected, found %s"
              .formatted(field, row.isObject() ? "the fields " + names(row) : row.getNodeType()));
    }
    return utf8(text.textValue());
  }

  private static byte[] utf8(String text) throws BrokenLine {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return Arrays.copyOf(bytes.array(), bytes.limit());
    } catch (CharacterCodingException failure) {
      throw new BrokenLine("the text has a lone surrogate, which is no character");
    }
  }

  private static String names(JsonNode row) {
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    String joined = String.join(", ", names);
    return joined.length() > 200 ? joined.substring(0, 200) + "..." : joined;
  }

  private static boolean startsWithMark(LineReader lines) {
    return lines.length() >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            lines.bytes(), 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  private static boolean isBlank(byte[] line, int from, int to) {
    for (int i = from; i < to; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** A line that is no document. */
  private static final class BrokenLine extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenLine(String why) {
      super(why);
    }
  }
}
