package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Hugging Face's own library, asked for the ids and places of texts. */
final class HuggingFaceOracle {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HuggingFaceOracle() {}

  /** Makes a text from a random number generator. */
  interface Texts {
    String next(Random random);
  }

  /** The library with a {@code tokenizer.json}. @param folder where the file may be written */
  static HuggingFaceTokenizer library(String json, Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("oracle.json"), json);
    return HuggingFaceTokenizer.newInstance(
        file, Map.of("truncation", "false", "padding", "false"));
  }

  /** Both read the same file. @param places whether places are compared, too */
  static void compare(String json, Texts texts, int rounds, boolean places, Path folder)
      throws IOException {
    Tokenizer ours = TokenizerJson.parse(utf8(json), "test");
    try (HuggingFaceTokenizer theirs = library(json, folder)) {
      compare(ours, theirs, texts, rounds, places);
    }
  }

  static void compare(
      Tokenizer ours, HuggingFaceTokenizer theirs, Texts texts, int rounds, boolean places) {
    long seed = 17;
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      compare(ours, theirs, texts.next(random), places, "seed " + seed);
    }
  }

  static void compare(
      Tokenizer ours, HuggingFaceTokenizer theirs, String text, boolean places, String origin) {
    byte[] bytes = utf8(text);
    var expected = theirs.encode(text, false, false);
    assertArrayEquals(
        expected.getIds(), widened(ours.encode(bytes)), () -> origin + ", text " + escaped(text));
    Encoding encoding = ours.encodeWithOffsets(bytes, EncodingOptions.PLAIN);
    assertArrayEquals(expected.getIds(), widened(encoding.ids()), () -> escaped(text));
    if (places) {
      assertPlaces(expected.getCharTokenSpans(), encoding, bytes, escaped(text));
    }
  }

  private static long[] widened(int[] ids) {
    return Arrays.stream(ids).asLongStream().toArray();
  }

  /** The library's places are whole characters. */
  private static void assertPlaces(
      CharSpan[] expected, Encoding actual, byte[] text, String message) {
    int[] characters = characters(text);
    for (int token = 0; token < actual.size(); token++) {
      int start = characters[actual.starts()[token]];
      int end = actual.ends()[token];
      while (end < text.length && (text[end] & 0xC0) == 0x80) {
        end++;
      }
      if (expected[token].getStart() != start || expected[token].getEnd() != characters[end]) {
        assertEquals(
            expected[token].getStart() + " to " + expected[token].getEnd(),
            start + " to " + characters[end],
            "token " + token + " of " + message);
      }
    }
  }

  /** By byte, how many characters begin before it, one that it is within not counted. */
  private static int[] characters(byte[] text) {
    int[] characters = new int[text.length + 1];
    int count = 0;
    for (int at = 0; at < text.length; at++) {
      count += (text[at] & 0xC0) == 0x80 ? 0 : 1;
      characters[at] = count - 1;
    }
    characters[text.length] = count;
    return characters;
  }

  /** At most the beginning of it. */
  private static String escaped(String text) {
    try {
      return JSON.writeValueAsString(text.substring(0, Math.min(500, text.length())));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
