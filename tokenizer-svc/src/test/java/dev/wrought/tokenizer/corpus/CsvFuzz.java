package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import java.util.List;
import java.util.Set;

/** Rows of CSV. */
public final class CsvFuzz implements FuzzTarget {
  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new CsvFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedSource.readRows("fuzzed.csv", input);
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.INVALID_DATA);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        "\uFEFFid,text\r\n1,\"a \"\"b\"\",\nc\u00e9\"\n\n2, plain \n3,\n".getBytes(UTF_8));
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "text", "\"\"", "\",\"", ",\"", "\"\n", "\r\n", "\r", "\\", "\u00EF\u00BB\u00BF");
  }

  @Override
  public List<String> code() {
    return List.of(
        "dev/wrought/tokenizer/corpus/{CsvFormat,CsvQuotes,LineReader,Rows,StreamSource}.java");
  }

  @Override
  public Set<String> guides() {
    return Set.of(OURS, "com.fasterxml.jackson.dataformat.csv.**");
  }
}
