package dev.wrought.tokenizer.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.fuzz.FuzzTarget;
import java.util.List;
import java.util.Set;

/** Rows of JSON. */
public final class JsonlFuzz implements FuzzTarget {
  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    new JsonlFuzz().readOrRefuse(input);
  }

  @Override
  public void read(byte[] input) {
    FuzzedSource.readRows("fuzzed.jsonl", input);
  }

  @Override
  public Set<ErrorCode> refusals() {
    return Set.of(ErrorCode.INVALID_DATA);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        "\uFEFF{\"text\": \"a\\u00e9\\ud83d\\ude00\", \"n\": [1, -2.5e3, null, {}]}\r\n\n{\"text\":\"b\"}"
            .getBytes(UTF_8));
  }

  @Override
  public List<String> dictionary() {
    return List.of(
        "{\"text\":\"",
        "\"}\n",
        "\r\n",
        "\\uD800",
        "\\u0000",
        "\"text\":null,",
        "{\"a\":{\"b\":[",
        "1e99999999",
        "NaN",
        "\u00EF\u00BB\u00BF",
        "\u00ED\u00A0\u0080",
        "\u00F4\u0090\u0080\u0080");
  }

  @Override
  public List<String> code() {
    return List.of("dev/wrought/tokenizer/corpus/{JsonlFormat,LineReader,Rows,StreamSource}.java");
  }

  @Override
  public Set<String> guides() {
    return Set.of(OURS, "com.fasterxml.jackson.core.**");
  }
}
