package dev.wrought.core.tokenizer;

import static dev.wrought.core.text.TestTexts.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.wrought.core.text.Split;
import dev.wrought.core.text.Splitter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * FAULTS T2: text that is one letter, space or combining mark again and again takes memory and time
 * in proportion to its length, be it encoded, with or without places, or learnt from.
 */
class DegenerateTextTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int SOME = 1 << 18;
  private static final int MUCH = 50_000_000;
  private static final int ATTEMPTS = 5;

  /** With all that is made and thrown away; a marked space alone has three bytes, and places. */
  private static final int MOST_BYTES_PER_BYTE = 256;

  /** What is done to a text. */
  private enum Work {
    ENCODE {
      @Override
      void on(Tokenizer tokenizer, byte[] text) {
        tokenizer.encode(text);
      }
    },
    PLACES {
      @Override
      void on(Tokenizer tokenizer, byte[] text) {
        tokenizer.encodeWithOffsets(text, EncodingOptions.PLAIN);
      }
    },
    TRAIN {
      @Override
      void on(Tokenizer tokenizer, byte[] text) {
        ModelKind kind = tokenizer.merges() > 0 ? ModelKind.BPE : ModelKind.UNIGRAM;
        learn(kind, text);
      }
    };

    abstract void on(Tokenizer tokenizer, byte[] text);
  }

  private static Tokenizer learn(ModelKind kind, byte[] text) {
    WordCounts counts = new WordCounts(kind);
    counts.add(text);
    VocabularySpec vocabulary = VocabularySpec.of(BpeTrainer.minimumVocabulary() + 40);
    return switch (kind) {
      case BPE -> BpeTrainer.of(counts, vocabulary).learn((merges, wanted) -> {});
      case UNIGRAM -> UnigramTrainer.train(counts, vocabulary, (left, seeds, wanted) -> {});
    };
  }

  @ParameterizedTest
  @CsvSource({
    "BPE, a",
    "BPE, ' '",
    "BPE, \u0301",
    "BPE, \uD83D\uDE00",
    "BPE, 'a '",
    "BPE, 7",
    "UNIGRAM, a",
    "UNIGRAM, ' '",
    "UNIGRAM, \u0301",
    "UNIGRAM, \uD83D\uDE00",
    "UNIGRAM, 'a '",
    "UNIGRAM, 7"
  })
  void allWork_onSome_takesMemoryInProportion(ModelKind kind, String piece) {
    byte[] text = repeated(piece, SOME);
    Tokenizer tokenizer = learn(kind, utf8(TestTokenizers.PROSE.repeat(3) + piece.repeat(999)));
    assertArrayEquals(text, tokenizer.decode(tokenizer.encode(text)));
    Encoding encoding = tokenizer.encodeWithOffsets(text, EncodingOptions.PLAIN);
    assertArrayEquals(tokenizer.encode(text), encoding.ids());
    assertEquals(text.length, encoding.ends()[encoding.size() - 1]);
    for (Work work : Work.values()) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      work.on(tokenizer, text);
      long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(
          taken < (long) MOST_BYTES_PER_BYTE * text.length, work + " took " + taken + " bytes");
    }
  }

  /**
   * A pattern that reads ahead through all the spaces for each of its words is refused once it has
   * read each a thousand times: here, if it cuts them into words of 512.
   */
  @ParameterizedTest
  @EnumSource
  void splitter_ofEachFamily_readsSpacesAFewTimes(GgufFamily family) {
    byte[] spaces = repeated(" ", 1_100_000);
    for (PreTokenizer step : family.rules().preTokenizers()) {
      if (step instanceof PreTokenizer.Cut(Split split)) {
        Splitter splitter = split.splitter();
        int at = 0;
        while (at < spaces.length) {
          at = splitter.next(spaces, at, spaces.length);
        }
        assertEquals(spaces.length, at);
      }
    }
  }

  /** In a JVM with the memory that 100 MB may take. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource({"BPE, a", "BPE, ' '", "BPE, \u0301", "UNIGRAM, a"})
  void allWork_onAHundredMegabytes_takesAtMostTwoAndAHalfTimesThatOfHalf(
      ModelKind kind, String piece) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx4500m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Measured.class.getName(),
                    kind.name(),
                    Integer.toString(piece.codePointAt(0))))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  /** Exits with 1 if twice the text took more than 2.5 times the work of a core, at every try. */
  static final class Measured {
    private Measured() {}

    public static void main(String[] args) throws IOException {
      ModelKind kind = ModelKind.valueOf(args[0]);
      String piece = Character.toString(Integer.parseInt(args[1]));
      Tokenizer tokenizer = learn(kind, utf8(TestTokenizers.PROSE.repeat(3) + piece.repeat(999)));
      for (Work work : Work.values()) {
        double least = Double.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least > 2.5; attempt++) {
          long half = nanos(work, tokenizer, repeated(piece, MUCH));
          long whole = nanos(work, tokenizer, repeated(piece, 2 * MUCH));
          least = Math.min(least, (double) whole / half);
          System.out.printf("%s: %.1f s, twice as much %.1f s%n", work, half / 1e9, whole / 1e9);
        }
        if (least > 2.5) {
          System.exit(1);
        }
      }
    }

    private static long nanos(Work work, Tokenizer tokenizer, byte[] text) {
      long start = THREADS.getCurrentThreadCpuTime();
      work.on(tokenizer, text);
      return THREADS.getCurrentThreadCpuTime() - start;
    }
  }

  private static byte[] repeated(String piece, int bytes) {
    return utf8(piece.repeat(bytes / utf8(piece).length));
  }
}
