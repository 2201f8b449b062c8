package dev.wrought.core.gguf;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** FAULTS C7: each file breaks one rule, and is refused by name within a bounded heap. */
final class GgufFaultsTest {

  @ParameterizedTest
  @MethodSource({"brokenMetadata", "brokenTensors"})
  void of_oneBrokenRule_namesTheProblem(String expected, byte[] file) {
    Refusals.assertCorrupt(expected, () -> GgufFile.of(file, "f.gguf"));
  }

  static Stream<Arguments> brokenMetadata() {
    return Stream.of(
        fault(
            "at byte 0, the header: 4 bytes are needed, and there are only the 0 bytes",
            new GgufBytes()),
        fault(
            "at byte 0, the header: it does not begin with GGUF",
            new GgufBytes().raw("GGML").zeros(40)),
        fault(
            "at byte 8, the header: 18446744073709551615 tensors are claimed",
            GgufBytes.file(-1, 0).zeros(90)),
        fault(
            "9223372036854775808 tensors are claimed; at most 3 fit into the 98 bytes",
            GgufBytes.file(Long.MIN_VALUE, 0).zeros(90)),
        fault(
            "at byte 16, the header: 18446744073709551615 keys are claimed",
            GgufBytes.file(0, -1).zeros(90)),
        fault(
            "2 keys are claimed; at most 1 fit into the 27 bytes that remain of the file",
            GgufBytes.file(0, 2).zeros(27)),
        fault(
            "at byte 24, key: 18446744073709551615 bytes of a string",
            GgufBytes.file(0, 1).int64(-1).zeros(90)),
        fault(
            "at byte 24, key: 91 bytes of a string are claimed; at most 90 fit",
            GgufBytes.file(0, 1).int64(91).zeros(90)),
        fault(
            "65536 bytes of a string are claimed; at most 65535 are read",
            key("k".repeat(65_536), MetadataType.BOOL).int8(1)),
        fault(
            "at byte 32, key: a string is not UTF-8",
            key("k\u00C3", MetadataType.BOOL).int8(1).zeros(9)),
        fault("nothing is not a key", key("", MetadataType.BOOL).int8(1).zeros(9)),
        fault(
            "a b is not a key: 1 to 65535 visible ASCII",
            key("a b", MetadataType.BOOL).int8(1).zeros(9)),
        fault("a? is not a key", key("a\n", MetadataType.BOOL).int8(1).zeros(9)),
        fault(
            "at byte 46, key a: it is there twice",
            GgufBytes.file(0, 2)
                .key("a", MetadataType.BOOL)
                .int8(1)
                .key("a", MetadataType.BOOL)
                .int8(1)),
        fault(
            "at byte 33, key a: the type 13 of a value is not known; 0 to 12 are",
            GgufBytes.file(0, 1).text("a").int32(13).zeros(9)),
        fault("the type 4294967295 of a value", GgufBytes.file(0, 1).text("a").int32(-1).zeros(9)),
        fault(
            "at byte 37, key a: 18446744073709551615 bytes of a string",
            key("a", MetadataType.STRING).int64(-1)),
        fault(
            "at byte 45, key a: a string is not UTF-8",
            key("a", MetadataType.STRING).text("x\u00FF")),
        fault("a string is not UTF-8", key("a", MetadataType.STRING).text("\u00ED\u00A0\u0080")),
        fault(
            "at byte 37, key a: 8 bytes are needed, and there are only the 7",
            key("a", MetadataType.UINT64).zeros(7)),
        fault(
            "at byte 37, key a: a bool is 2; 0 and 1 are allowed",
            key("a", MetadataType.BOOL).int8(2)),
        fault(
            "a bool is 255",
            key("a", MetadataType.ARRAY).array(MetadataType.BOOL, 3).int8(0).int8(1).int8(255)),
        fault(
            "at byte 37, key a: the type 99 of a value",
            key("a", MetadataType.ARRAY).int32(99).int64(0)),
        fault(
            "at byte 41, key a: 18446744073709551615 elements of type uint8",
            key("a", MetadataType.ARRAY).array(MetadataType.UINT8, -1)),
        fault(
            "2147483647 elements of type int8 are claimed; at most 5 fit",
            key("a", MetadataType.ARRAY).array(MetadataType.INT8, Integer.MAX_VALUE).zeros(5)),
        fault(
            "2305843009213693952 elements of type float64",
            key("a", MetadataType.ARRAY).array(MetadataType.FLOAT64, 1L << 61).zeros(99)),
        fault(
            "100 elements of type string are claimed; at most 99 fit into the 799 bytes",
            key("a", MetadataType.ARRAY).array(MetadataType.STRING, 100).zeros(799)),
        fault(
            "at byte 58, key a: 18446744073709551615 bytes of a string",
            key("a", MetadataType.ARRAY)
                .array(MetadataType.STRING, 2)
                .text("x")
                .int64(-1)
                .zeros(9)),
        fault(
            "at byte 66, key a: a string is not UTF-8",
            key("a", MetadataType.ARRAY).array(MetadataType.STRING, 2).text("x").text("\u0080")),
        fault(
            "100 elements of type array are claimed; at most 99 fit",
            key("a", MetadataType.ARRAY).array(MetadataType.ARRAY, 100).zeros(1190)),
        fault("key a: arrays of arrays are read to a depth of 4", nested(5)),
        fault("key a: arrays of arrays are read to a depth of 4", nested(100_000)),
        fault(
            "and up to 100000 of them",
            key("a", MetadataType.ARRAY).array(MetadataType.ARRAY, 100_001).zeros(1_200_012)),
        fault(
            "at byte 24, general.alignment is the uint32 0; a uint32 is allowed that is a power of two from 8 on",
            alignment(MetadataType.UINT32).int32(0)),
        fault("general.alignment is the uint32 24", alignment(MetadataType.UINT32).int32(24)),
        fault("general.alignment is the uint32 4", alignment(MetadataType.UINT32).int32(4)),
        fault(
            "general.alignment is the uint32 4294967295", alignment(MetadataType.UINT32).int32(-1)),
        fault("general.alignment is the uint64 32", alignment(MetadataType.UINT64).int64(32)),
        fault("general.alignment is a string", alignment(MetadataType.STRING).text("32")));
  }

  static Stream<Arguments> brokenTensors() {
    return Stream.of(
        fault(
            "at byte 24, tensor: 65 bytes of a string are claimed; at most 64",
            tensor("n".repeat(65), 0, 0, 1).data(4)),
        fault("at byte 24, tensor \"\" has a name of 0 bytes", tensor("", 0, 0, 1).data(4)),
        fault("at byte 32, tensor: a string is not UTF-8", tensor("\u00FF", 0, 0, 1).data(4)),
        fault(
            "at byte 33, tensor w: it has 5 dimensions; at most 4",
            tensor("w", 0, 0, 1, 1, 1, 1, 1).data(4)),
        fault("it has 4294967295 dimensions", GgufBytes.file(1, 0).text("w").int32(-1).zeros(99)),
        fault("at byte 45, tensor w: its type 4 is not known", tensor("w", 4, 0, 1).data(4)),
        fault("its type 4294967295 is not known", tensor("w", -1, 0, 1).data(4)),
        fault(
            "tensor w of shape [18446744073709551615] has more than 2^63-1",
            tensor("w", 0, 0, -1).data(4)),
        fault(
            "tensor w of shape [4294967296, 4294967296] has more than",
            tensor("w", 24, 0, 1L << 32, 1L << 32).data(4)),
        fault(
            "tensor w of shape [4611686018427387904] has more than",
            tensor("w", 0, 0, 1L << 62).data(4)),
        fault(
            "tensor w has rows of 33 elements; Q4_0 packs blocks of 32",
            tensor("w", 2, 0, 33, 32).data(999)),
        fault("tensor w begins at byte 18446744073709551584", tensor("w", 0, -32, 1).data(4)),
        fault(
            "at byte 49, tensor w: its data begins at byte 4, which is no multiple of the alignment 32",
            tensor("w", 0, 4, 1).data(64)),
        fault(
            "tensor w has 4 bytes from byte 0 of the data on, and the file has 3",
            tensor("w", 0, 0, 1).data(3)),
        fault(
            "tensor w has 4 bytes from byte 0 of the data on, and the file has 0",
            tensor("w", 0, 0, 1)),
        fault(
            "tensor w has 4 bytes from byte 9223372036854775776",
            tensor("w", 0, Long.MAX_VALUE - 31, 1).data(64)),
        fault(
            "tensor w has 4611686018427387904 bytes from byte 0",
            tensor("w", 24, 0, 1L << 62).data(64)),
        fault(
            "at byte 65, tensor w: it is there twice",
            GgufBytes.file(2, 0).tensor("w", 0, 0, 1).tensor("w", 0, 32, 1).data(64)),
        fault(
            "tensor b begins at byte 32 of the data, and tensor a before it ends at 36",
            GgufBytes.file(2, 0).tensor("a", 0, 0, 9).tensor("b", 0, 32, 1).data(64)),
        fault(
            "tensor b begins at byte 0 of the data, and tensor a before it ends at 4",
            GgufBytes.file(2, 0).tensor("a", 0, 0, 1).tensor("b", 0, 0, 1).data(64)));
  }

  private static Arguments fault(String expected, GgufBytes file) {
    return arguments(expected, file.bytes());
  }

  private static GgufBytes key(String key, MetadataType type) {
    return GgufBytes.file(0, 1).key(key, type);
  }

  private static GgufBytes alignment(MetadataType type) {
    return key("general.alignment", type);
  }

  private static GgufBytes tensor(String name, int type, long offset, long... dimensions) {
    return GgufBytes.file(1, 0).tensor(name, type, offset, dimensions);
  }

  /** An array of one array of one array, so many times. */
  private static GgufBytes nested(int depth) {
    GgufBytes file = key("a", MetadataType.ARRAY);
    for (int i = 1; i < depth; i++) {
      file.array(MetadataType.ARRAY, 1);
    }
    return file.array(MetadataType.UINT8, 0);
  }
}
