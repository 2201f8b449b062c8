package dev.wrought.tokenizer.encoding;

import static dev.wrought.tokenizer.encoding.TinyTokenizer.BEGIN;
import static dev.wrought.tokenizer.encoding.TinyTokenizer.END;
import static dev.wrought.tokenizer.encoding.TinyTokenizer.PAD;
import static dev.wrought.tokenizer.encoding.TinyTokenizer.THE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.EncodingOptions;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.tokenizer.encoding.BatchEncoding.Encoded;
import dev.wrought.tokenizer.encoding.BatchEncoding.Failed;
import dev.wrought.tokenizer.encoding.BatchEncoding.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchEncodingTest {
  private static final EncodingOptions ENDS = EncodingOptions.PLAIN.withAddSpecial(true);

  private final Tokenizer tokenizer = TinyTokenizer.get();
  private final SharedCores cores = new SharedCores(2, Duration.ofMillis(2), 1 << 20);

  @AfterEach
  void end() {
    cores.close();
  }

  @Test
  void run_manyTexts_keepsTheirOrder() {
    List<Supplier<byte[]>> texts = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      texts.add(text("the " + i));
    }
    List<Outcome> outcomes = run(texts, EncodingOptions.PLAIN, Optional.empty());
    for (int i = 0; i < texts.size(); i++) {
      Encoded encoded = encoded(outcomes.get(i));
      assertEquals("the " + i, new String(tokenizer.decode(encoded.encoding().ids()), UTF_8));
      assertEquals(encoded.encoding().size(), encoded.tokens());
    }
  }

  @Test
  void run_aTextThatFails_isDataAndTheOthersAreEncoded() {
    WroughtException why = new WroughtException(ErrorCode.INVALID_ARGUMENT, "no text");
    Supplier<byte[]> broken =
        () -> {
          throw why;
        };
    List<Outcome> outcomes =
        run(List.of(text("the"), broken, text("a")), EncodingOptions.PLAIN, Optional.empty());
    assertArrayEquals(new int[] {THE}, ids(outcomes.get(0)));
    assertEquals(new Failed(why), outcomes.get(1));
    assertArrayEquals(new int[] {'a'}, ids(outcomes.get(2)));
  }

  @Test
  void run_paddedToTheLongest_fillsTheOthersAndSaysHowLongTheyWere() {
    List<Outcome> outcomes =
        run(List.of(text("the"), text("abc"), text("")), ENDS, padding(0, 0, false));
    assertArrayEquals(new int[] {BEGIN, THE, END, PAD, PAD}, ids(outcomes.get(0)));
    assertArrayEquals(new int[] {BEGIN, 'a', 'b', 'c', END}, ids(outcomes.get(1)));
    assertArrayEquals(new int[] {BEGIN, END, PAD, PAD, PAD}, ids(outcomes.get(2)));
    assertEquals(List.of(3, 5, 2), outcomes.stream().map(each -> encoded(each).tokens()).toList());
  }

  @Test
  void run_paddedOnTheLeftToAMultiple_putsOffsetsAtTheTextsBeginning() {
    TextEncoding how = new TextEncoding(tokenizer, EncodingOptions.PLAIN, true);
    List<Outcome> outcomes =
        new BatchEncoding(how, padding(0, 4, true))
            .run(List.of(text("the a"), text("")), 5, cores, () -> {});
    Encoded first = encoded(outcomes.get(0));
    assertArrayEquals(new int[] {PAD, THE, ' ', 'a'}, first.encoding().ids());
    assertArrayEquals(new int[] {0, 0, 3, 4}, first.encoding().starts());
    assertArrayEquals(new int[] {0, 3, 4, 5}, first.encoding().ends());
    assertArrayEquals(new int[4], encoded(outcomes.get(1)).encoding().ends());
    Encoded right =
        encoded(
            new BatchEncoding(how, padding(6, 0, false))
                .run(List.of(text("the a")), 5, cores, () -> {})
                .getFirst());
    assertArrayEquals(new int[] {0, 3, 4, 5, 5, 5}, right.encoding().starts());
  }

  @Test
  void run_aTextLongerThanThePadding_failsAloneUnlessItIsCut() {
    List<Supplier<byte[]>> texts = List.of(text("abcd"), text("a"));
    List<Outcome> outcomes = run(texts, EncodingOptions.PLAIN, padding(3, 0, false));
    Failed failed = assertInstanceOf(Failed.class, outcomes.get(0));
    assertTrue(failed.why().getMessage().contains("4 tokens, more than the 3"));
    assertArrayEquals(new int[] {'a', PAD, PAD}, ids(outcomes.get(1)));
    outcomes = run(texts, EncodingOptions.PLAIN.withMostTokens(3), padding(3, 0, false));
    assertArrayEquals(new int[] {'a', 'b', 'c'}, ids(outcomes.get(0)));
  }

  @Test
  void run_paddingThatMakesTheAnswerTooLarge_isRefusedWithTheRemedy() {
    List<Supplier<byte[]>> texts = Collections.nCopies(2_000, text("a"));
    WroughtException refused =
        assertThrows(
            WroughtException.class,
            () -> run(texts, EncodingOptions.PLAIN, padding(1_000, 0, false)));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertTrue(refused.getMessage().contains("2000000 tokens; 1048576 are possible"));
  }

  @Test
  void padding_ofWrongValues_isRefusedWithTheField() {
    assertTrue(refusal(-1, 0, OptionalInt.empty()).contains("padding.length: -1; 0 to"));
    assertTrue(refusal(0, -1, OptionalInt.empty()).contains("padding.multiple_of: -1; 1 to"));
    assertTrue(refusal(0, 0, OptionalInt.of(262)).contains("padding.id: 262; 0 to 261"));
  }

  private String refusal(int length, int multipleOf, OptionalInt id) {
    return assertThrows(
            WroughtException.class, () -> Padding.of(length, multipleOf, false, id, tokenizer))
        .getMessage();
  }

  private Optional<Padding> padding(int length, int multipleOf, boolean left) {
    return Optional.of(Padding.of(length, multipleOf, left, OptionalInt.empty(), tokenizer));
  }

  private List<Outcome> run(
      List<Supplier<byte[]>> texts, EncodingOptions options, Optional<Padding> padding) {
    return new BatchEncoding(new TextEncoding(tokenizer, options, false), padding)
        .run(texts, 100, cores, () -> {});
  }

  private static Supplier<byte[]> text(String text) {
    return () -> text.getBytes(UTF_8);
  }

  private static Encoded encoded(Outcome outcome) {
    return assertInstanceOf(Encoded.class, outcome);
  }

  private static int[] ids(Outcome outcome) {
    return encoded(outcome).encoding().ids();
  }
}
