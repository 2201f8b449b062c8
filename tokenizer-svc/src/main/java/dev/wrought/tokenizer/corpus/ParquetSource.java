package dev.wrought.tokenizer.corpus;

import dev.hardwood.HardwoodContext;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.Validity;
import dev.hardwood.schema.ColumnSchema;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Parquet file, a column of which holds a document a row. Only that column is read, page by page;
 * a row without text is an empty document.
 *
 * <p>One thread unpacks pages: each more would hold another page, which may have 100 MB.
 */
final class ParquetSource implements CorpusSource {
  private static final int BATCH_BYTES = 2 << 20;
  private static final int BATCH_ROWS = 4096;

  private final Path file;
  private final int column;
  private final long totalBytes;
  private final int batchRows;

  ParquetSource(Path file, String field) throws IOException {
    this.file = file;
    try (HardwoodContext threads = HardwoodContext.create(1);
        ParquetFileReader reader = open(threads)) {
      List<RowGroup> groups = reader.getFileMetaData().rowGroups();
      this.column = column(reader.getFileSchema().getColumns(), field);
      this.totalBytes = checkedBytes(groups);
      long rows = groups.stream().mapToLong(RowGroup::numRows).sum();
      this.batchRows = (int) Math.clamp(BATCH_BYTES / (1 + totalBytes / (1 + rows)), 1, BATCH_ROWS);
    }
  }

  private ParquetFileReader open(HardwoodContext threads) throws IOException {
    ChannelFile input = new ChannelFile(file);
    try {
      return ParquetFileReader.open(input, threads);
    } catch (RuntimeException | IOException | OutOfMemoryError damaged) {
      input.close();
      throw broken(damaged);
    }
  }

  private int column(List<ColumnSchema> columns, String field) {
    return columns.stream()
        .filter(each -> each.fieldPath().matchesDottedName(field) && isText(each))
        .findFirst()
        .orElseThrow(() ->
            new WroughtException(
                ErrorCode.INVALID_DATA,
                "%s has no column '%s' with text (--field); its columns are %s"
                    .formatted(
                        file,
                        field,
                        Rows.list(columns.stream().map(ParquetSource::describe).toList()))))
        .columnIndex();
  }

  private static boolean isText(ColumnSchema column) {
    return column.type() == PhysicalType.BYTE_ARRAY && column.maxRepetitionLevel() == 0;
  }

  private static String describe(ColumnSchema column) {
    String type = column.type().name().toLowerCase(Locale.ROOT);
    String repeated = column.maxRepetitionLevel() > 0 ? "list of " : "";
    return column.fieldPath() + " (" + repeated + (isText(column) ? "text" : type) + ")";
  }

  /** How many bytes the column unpacks to, after a look at its pages. */
  private long checkedBytes(List<RowGroup> groups) throws IOException {
    long bytes = 0;
    try (ChannelFile input = new ChannelFile(file)) {
      ParquetPages pages = new ParquetPages(input);
      for (RowGroup group : groups) {
        ColumnChunk chunk = group.columns().get(column);
        pages.check(chunk);
        bytes += Math.clamp(chunk.metaData().totalUncompressedSize(), 0, Inflation.MOST_BYTES);
      }
      return bytes;
    } catch (RuntimeException | IOException damaged) {
      throw broken(damaged);
    }
  }

  @Override
  public long totalBytes() {
    return totalBytes;
  }

  @Override
  public void read(DocumentVisitor visitor) throws IOException {
    long packed = Files.size(file);
    long row = 0;
    long bytes = 0;
    try (HardwoodContext threads = HardwoodContext.create(1);
        ParquetFileReader reader = open(threads);
        ColumnReader values = values(reader)) {
      for (List<byte[]> texts = next(values); !texts.isEmpty(); texts = next(values)) {
        for (byte[] text : texts) {
          visitor.document(file.getFileName() + ":" + ++row, text.length, () -> text);
          bytes += text.length;
        }
        Inflation.check(file, packed, bytes);
      }
    }
  }

  private ColumnReader values(ParquetFileReader reader) {
    try {
      return reader.buildColumnReader(column).batchSize(batchRows).build();
    } catch (RuntimeException damaged) {
      throw broken(damaged);
    }
  }

  /** The texts of the next rows; empty at the end. */
  private List<byte[]> next(ColumnReader values) {
    List<byte[]> texts = new ArrayList<>();
    try {
      if (values.nextBatch()) {
        byte[] bytes = values.getBinaryValues();
        int[] ends = values.getBinaryOffsets();
        Validity present = values.getLeafValidity();
        for (int i = 0; i < values.getRecordCount(); i++) {
          texts.add(
              present.isNull(i) ? new byte[0] : Arrays.copyOfRange(bytes, ends[i], ends[i + 1]));
        }
      }
      return texts;
    } catch (RuntimeException | OutOfMemoryError damaged) {
      throw broken(damaged);
    }
  }

  private WroughtException broken(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof OutOfMemoryError) {
      return new WroughtException(
          ErrorCode.OUT_OF_MEMORY,
          file
              + " has pages too large for the memory of the tokenizer service; write it with smaller ones",
          failure);
    }
    return new WroughtException(
        ErrorCode.INVALID_DATA,
        "%s is not a readable Parquet file: %s"
            .formatted(file, Optional.ofNullable(root.getMessage()).orElse(root.toString())),
        failure);
  }
}
