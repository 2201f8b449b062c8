package dev.wrought.tokenizer.corpus;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.tokenizer.corpus.Rows.BrokenRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A CSV file with a header, a column of which holds a document a row. Fields are separated by
 * commas, may be quoted, and may then hold line ends; the text is UTF-8. Only records are cut on
 * the thread that reads; they are parsed where they are worked on. Source: RFC 4180.
 */
record CsvFormat(Path file, String field, boolean skipBroken) implements DocumentFormat {
  private static final ObjectReader RECORD =
      new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);

  @Override
  public void read(InputStream unpacked, DocumentVisitor visitor) throws IOException {
    Rows rows = new Rows(file, skipBroken, visitor);
    CsvQuotes quotes = new CsvQuotes();
    LineReader records = new LineReader(unpacked, Rows.LONGEST_ROW, quotes);
    if (!records.next()) {
      return;
    }
    Columns columns = columns(records);
    for (long line = quotes.line(); records.next(); line = quotes.line()) {
      if (records.length() > 0 && !(records.length() == 1 && records.bytes()[0] == '\r')) {
        rows.visit(line, records, 0, columns::textOf);
      }
    }
  }

  private Columns columns(LineReader first) {
    try {
      if (first.isTooLong()) {
        throw new BrokenRow("the header has more than " + Rows.LONGEST_ROW + " bytes");
      }
      List<String> names =
          List.of(fields(Arrays.copyOfRange(first.bytes(), first.byteOrderMark(), first.length())));
      int index = names.indexOf(field);
      if (index < 0) {
        throw new BrokenRow(
            "there is no column '%s' (--field); the header has %s"
                .formatted(field, Rows.list(names)));
      }
      return new Columns(names.size(), index);
    } catch (BrokenRow broken) {
      throw new WroughtException(ErrorCode.INVALID_DATA, file + ":1: " + broken.getMessage());
    }
  }

  /** What the header says of every record. */
  private record Columns(int count, int text) {
    byte[] textOf(byte[] row) throws BrokenRow {
      String[] fields = fields(row);
      if (fields.length != count) {
        throw new BrokenRow("%d fields where the header has %d".formatted(fields.length, count));
      }
      return fields[text].getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String[] fields(byte[] record) throws BrokenRow {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record)).toString();
      try (MappingIterator<String[]> records = RECORD.readValues(text)) {
        String[] fields = records.hasNextValue() ? records.nextValue() : new String[0];
        if (records.hasNextValue()) {
          throw new BrokenRow("not a CSV record: its quotes do not match");
        }
        return fields;
      }
    } catch (CharacterCodingException failure) {
      throw new BrokenRow("not UTF-8");
    } catch (IOException failure) {
      throw new BrokenRow("not a CSV record: " + Rows.message(failure));
    }
  }
}
