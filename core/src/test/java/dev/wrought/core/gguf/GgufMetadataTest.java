package dev.wrought.core.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

final class GgufMetadataTest {
  private final GgufMetadata tiny = TinyGguf.metadata();

  @Test
  void getters_ofTheirType_giveTheValue() {
    assertEquals("llama", tiny.text("general.architecture"));
    assertTrue(tiny.bool("yes"));
    assertFalse(tiny.bool("no"));
    assertEquals(1e-5f, tiny.real("float32"));
    assertEquals(1e-5, tiny.real("float64"));
    assertEquals(List.of("", "a", "Ġthe", "弘", ""), tiny.texts("array.string"));
    assertArrayEquals(new int[] {127, 0, -128, 1}, tiny.integers("array.int8"));
    assertArrayEquals(
        new float[] {-0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY}, tiny.floats("array.float32"));
    assertEquals(Math.PI, tiny.numbers("array.float64").real(0));
    assertTrue(tiny.numbers("array.bool").bool(3));
    assertTrue(tiny.find("nothing").isEmpty());
  }

  @Test
  void integer_ofAnyWidth_isItsValue() {
    TinyGguf.ends()
        .forEach((type, ends) -> {
          assertEquals(ends[0], tiny.integer("least." + type.label()));
          if (type != MetadataType.UINT64) {
            assertEquals(ends[1], tiny.integer("most." + type.label()));
          }
        });
  }

  @Test
  void integer_outOfRange_saysWhatIsAllowed() {
    assertRefused(
        ErrorCode.CORRUPT_FILE,
        "most.uint64 is 18446744073709551615; allowed: -9223372036854775808 to 9223372036854775807",
        () -> tiny.integer("most.uint64"));
    assertRefused(
        ErrorCode.CORRUPT_FILE,
        "most.uint32 is 4294967295; allowed: 0 to 31999",
        () -> tiny.integer("most.uint32", 0, 31_999));
    assertRefused(
        ErrorCode.CORRUPT_FILE,
        "least.int8 is -128; allowed: 0 to 5",
        () -> tiny.integer("least.int8", 0, 5));
    assertEquals(-128, tiny.integer("least.int8", -128, 5));
    assertRefused(
        ErrorCode.CORRUPT_FILE,
        "element 0 of array.uint64 is 18446744073709551615; allowed: -2147483648 to 2147483647",
        () -> tiny.integers("array.uint64"));
  }

  @Test
  void getters_ofAnotherType_sayWhichAndWhatIsAllowed() {
    assertWrongType("yes is a bool; allowed: a string", () -> tiny.text("yes"));
    assertWrongType("most.int8 is the int8 127; allowed: a bool", () -> tiny.bool("most.int8"));
    assertWrongType(
        "general.architecture is a string; allowed: an integer",
        () -> tiny.integer("general.architecture"));
    assertWrongType(
        "array.float32 is an array of float32; allowed: a float32 or float64",
        () -> tiny.real("array.float32"));
    assertWrongType(
        "array.int32 is an array of int32; allowed: an array of string",
        () -> tiny.texts("array.int32"));
    assertWrongType(
        "array.float32 is an array of float32; allowed: an array of integers",
        () -> tiny.integers("array.float32"));
    assertWrongType(
        "array.float64 is an array of float64; allowed: an array of float32",
        () -> tiny.floats("array.float64"));
    assertWrongType(
        "array.string is an array of string; allowed: an array of numbers",
        () -> tiny.numbers("array.string"));
    assertWrongType("float64 is a float64; allowed: a string", () -> tiny.text("float64"));
  }

  @Test
  void getters_ofAMissingKey_nameTheNearest() {
    assertRefused(
        ErrorCode.NOT_FOUND,
        "the metadata has no key general.architectur among its %d; did you mean general.architecture?"
            .formatted(tiny.values().size()),
        () -> tiny.text("general.architectur"));
    String unlike = "tokenizer.ggml.tokens";
    WroughtException refused = assertThrows(WroughtException.class, () -> tiny.texts(unlike));
    assertFalse(refused.getMessage().contains("did you mean"), refused.getMessage());
  }

  @Test
  void of_keyOrAlignmentThatIsNotAllowed_isRefused() {
    GgufValue yes = new GgufValue.Bool(true);
    assertNotAllowed("nothing is not a key", "", yes);
    assertNotAllowed("ä is not a key", "ä", yes);
    assertNotAllowed("is not a key", "k".repeat(65_536), yes);
    assertNotAllowed(
        "general.alignment is the uint32 33",
        "general.alignment",
        new GgufValue.Int(MetadataType.UINT32, 33));
    assertEquals(32, GgufMetadata.of(values("a", yes)).alignment());
  }

  @Test
  void values_outOfTheirTypesRange_areRefused() {
    TinyGguf.ends()
        .forEach((type, ends) -> {
          if (type != MetadataType.UINT64 && type != MetadataType.INT64) {
            assertInvalid(() -> new GgufValue.Int(type, ends[0] - 1));
            assertInvalid(() -> Numbers.ofIntegers(type, 0, ends[1] + 1));
          }
        });
    assertInvalid(() -> new GgufValue.Int(MetadataType.FLOAT32, 1));
    assertInvalid(() -> new GgufValue.Real(MetadataType.INT32, 1));
    assertInvalid(() -> Numbers.ofIntegers(MetadataType.BOOL, 1));
    assertInvalid(() -> new GgufValue.Text("a\uDC00"));
    assertInvalid(() -> Texts.of(List.of("a", "\uD800b")));
    Nested four = new Nested(List.of(new Nested(List.of(new Nested(List.of(Numbers.ofFloats()))))));
    assertInvalid(() -> new Nested(List.of(four)));
  }

  @Test
  void real_ofFloat32_isRoundedToIt() {
    assertEquals((float) Math.PI, new GgufValue.Real(MetadataType.FLOAT32, Math.PI).value());
  }

  @Test
  void arrays_askedForWhatTheyHaveNot_throw() {
    Numbers floats = Numbers.ofFloats(1, 2);
    assertThrows(IllegalStateException.class, () -> floats.integer(0));
    assertThrows(IllegalStateException.class, () -> floats.bool(0));
    assertThrows(IllegalStateException.class, () -> Numbers.ofDoubles(1).toFloats());
    assertThrows(IllegalStateException.class, () -> Numbers.ofBooleans(true).real(0));
    assertThrows(IndexOutOfBoundsException.class, () -> floats.real(2));
    assertThrows(IndexOutOfBoundsException.class, () -> floats.real(-1));
    Texts texts = Texts.of(List.of("a", "bc"));
    assertThrows(IndexOutOfBoundsException.class, () -> texts.get(2));
    assertThrows(IndexOutOfBoundsException.class, () -> texts.bytes(-1));
    assertArrayEquals(new byte[] {'b', 'c'}, texts.bytes(1));
  }

  private static void assertNotAllowed(String expected, String key, GgufValue value) {
    assertRefused(ErrorCode.INVALID_ARGUMENT, expected, () -> GgufMetadata.of(values(key, value)));
  }

  private static void assertInvalid(Runnable making) {
    assertRefused(ErrorCode.INVALID_ARGUMENT, "", making);
  }

  private static void assertWrongType(String expected, Runnable getter) {
    assertRefused(ErrorCode.CORRUPT_FILE, "the metadata: " + expected, getter);
  }

  private static void assertRefused(ErrorCode code, String expected, Runnable action) {
    WroughtException refused = assertThrows(WroughtException.class, action::run);
    assertEquals(code, refused.code());
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
  }

  private static SequencedMap<String, GgufValue> values(String key, GgufValue value) {
    SequencedMap<String, GgufValue> values = new LinkedHashMap<>();
    values.put(key, value);
    return values;
  }
}
