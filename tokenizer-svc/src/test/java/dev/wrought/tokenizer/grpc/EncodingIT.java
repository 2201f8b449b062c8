package dev.wrought.tokenizer.grpc;

import static dev.wrought.tokenizer.encoding.TinyTokenizer.BEGIN;
import static dev.wrought.tokenizer.encoding.TinyTokenizer.END;
import static dev.wrought.tokenizer.encoding.TinyTokenizer.PAD;
import static dev.wrought.tokenizer.encoding.TinyTokenizer.THE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.wrought.proto.tokenizer.v1.AddedToken;
import dev.wrought.proto.tokenizer.v1.CountRequest;
import dev.wrought.proto.tokenizer.v1.CountResponse;
import dev.wrought.proto.tokenizer.v1.DecodeRequest;
import dev.wrought.proto.tokenizer.v1.DecodeResponse;
import dev.wrought.proto.tokenizer.v1.EncodeBatchRequest;
import dev.wrought.proto.tokenizer.v1.EncodeOptions;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import dev.wrought.proto.tokenizer.v1.EncodedText;
import dev.wrought.proto.tokenizer.v1.InspectTokenizerRequest;
import dev.wrought.proto.tokenizer.v1.Padding;
import dev.wrought.proto.tokenizer.v1.Text;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.tokenizer.encoding.TinyTokenizer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Encoding, decoding, counting and inspecting, as a client meets them. */
@QuarkusTest
@TestProfile(FreshHome.class)
class EncodingIT extends TokenizerClient {
  private static final Path DATA =
      Path.of(System.getProperty("wrought.data", "missing")).normalize();
  private String tiny = "";

  @BeforeEach
  void writeTokenizer() throws IOException {
    tiny = TinyTokenizer.in(folder).toString();
  }

  @Test
  void encode_withEndsAndOffsets_tellsWhereEachTokenComesFrom() {
    EncodeResponse encoded =
        service.encode(
            request("the é").setAddSpecial(true).setWithOffsets(true).setWithPieces(true).build());
    assertEquals(List.of(BEGIN, THE, (int) ' ', 0xC3, 0xA9, END), encoded.getIdsList());
    assertEquals(List.of(0, 0, 3, 4, 5, 6), encoded.getStartsList());
    assertEquals(List.of(0, 3, 4, 5, 6, 6), encoded.getEndsList());
    assertEquals(ByteString.copyFromUtf8("the"), encoded.getPieces(1));
    EncodeResponse plain = service.encode(request("the é").build());
    assertEquals(encoded.getIdsList().subList(1, 5), plain.getIdsList());
    assertEquals(0, plain.getStartsCount() + plain.getEndsCount() + plain.getPiecesCount());
  }

  @Test
  void encode_withMaxTokens_keepsTheEndThatIsAskedForAndTheSpecialTokens() {
    EncodeRequest.Builder request = request("abcd").setMaxTokens(4).setAddSpecial(true);
    assertEquals(
        List.of(BEGIN, (int) 'a', (int) 'b', END), service.encode(request.build()).getIdsList());
    assertEquals(
        List.of(BEGIN, (int) 'c', (int) 'd', END),
        service.encode(request.setTruncateLeft(true).build()).getIdsList());
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "at most -1 tokens",
        () -> service.encode(request.setMaxTokens(-1).build()));
  }

  /** FAULTS T1 and T4. */
  @Test
  void encode_malformedBytesNulsAndTypedSpecialTokens_comeBackAsTheyWere() {
    List<ByteString> texts =
        List.of(
            bytes(0xED, 0xA0, 0x80), // a surrogate
            bytes(0xC0, 0x80), // an overlong NUL
            bytes(0xEF, 0xBB, 0xBF, 'a'), // a byte order mark
            bytes('a', 0, 0xFF, 0, 0xE2, 0x82),
            ByteString.copyFromUtf8("a<s>\0<pad> <mask></s>"));
    for (ByteString text : texts) {
      EncodeResponse encoded =
          service.encode(
              EncodeRequest.newBuilder()
                  .setTokenizer(tiny)
                  .setRaw(text)
                  .setWithOffsets(true)
                  .build());
      assertTrue(encoded.getIdsList().stream().allMatch(id -> id <= THE), encoded.toString());
      assertEquals(text, decode(tiny, encoded.getIdsList()).getRaw());
      assertEquals(text.size(), encoded.getEnds(encoded.getEndsCount() - 1));
    }
    List<Integer> allowed =
        service.encode(request("a<s> <mask>").setAllowSpecial(true).build()).getIdsList();
    assertEquals(List.of((int) 'a', BEGIN, 261), allowed);
  }

  /** A string that is not UTF-8 never gets as far as a method. */
  @Test
  void encode_aStringThatIsNotUtf8_isRefusedAndTheConnectionGoesOn() {
    EncodeRequest broken =
        EncodeRequest.newBuilder()
            .setTokenizer(tiny)
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        EncodeRequest.TEXT_FIELD_NUMBER,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(bytes('a', 0xED, 0xA0, 0x80))
                            .build())
                    .build())
            .build();
    assertRefused(
        Status.Code.INVALID_ARGUMENT, "a string in it is not UTF-8", () -> service.encode(broken));
    assertEquals(List.of(THE), service.encode(request("the").build()).getIdsList());
  }

  @Test
  void encode_withFilesOfOtherFormats_givesTheSameIds() {
    assumeTrue(Files.isDirectory(DATA), "no folder of test data: set -Dwrought.data");
    String text = "The smith's iron glows;\n\n\t2026 sparks, naïve 鉄 🔥";
    EncodeRequest.Builder request = EncodeRequest.newBuilder().setText(text);
    Path files = DATA.resolve("tokenizer");
    List<Integer> json =
        service
            .encode(request.setTokenizer(files.resolve("gpt2-tokenizer.json").toString()).build())
            .getIdsList();
    List<Integer> gguf =
        service
            .encode(request.setTokenizer(files.resolve("ggml-vocab-gpt-2.gguf").toString()).build())
            .getIdsList();
    assertEquals(json, gguf);
    String llama = files.resolve("ggml-vocab-llama-spm.gguf").toString();
    List<Integer> pieces = service.encode(request.setTokenizer(llama).build()).getIdsList();
    assertEquals(text, decode(llama, pieces).getText());
    TokenizerInfo info =
        service.inspect(InspectTokenizerRequest.newBuilder().setTokenizer(llama).build());
    assertEquals(1, info.getRoles().getBegin());
    assertEquals(2, info.getRoles().getEnd());
    assertEquals("ggml-vocab-llama-spm.gguf", info.getName());
    assertEquals(llama, info.getFile());
  }

  @Test
  void encodeBatch_thousandsOfTexts_areAnsweredInOrder() {
    EncodeBatchRequest.Builder request = EncodeBatchRequest.newBuilder().setTokenizer(tiny);
    IntStream.range(0, 5_000).forEach(i -> request.addTexts(text("the " + i)));
    List<EncodedText> texts = service.encodeBatch(request.build()).getTextsList();
    assertEquals(5_000, texts.size());
    for (int i = 0; i < texts.size(); i++) {
      int digits = Integer.toString(i).length();
      assertEquals(2 + digits, texts.get(i).getTokens());
      assertEquals(
          (int) Integer.toString(i).charAt(digits - 1),
          texts.get(i).getEncoding().getIds(1 + digits));
    }
  }

  @Test
  void encodeBatch_padded_tellsPaddingFromTextAndCarriesFailures() {
    EncodeBatchRequest.Builder request =
        EncodeBatchRequest.newBuilder()
            .setTokenizer(tiny)
            .setOptions(EncodeOptions.newBuilder().setAddSpecial(true).setWithOffsets(true))
            .addTexts(text("the"))
            .addTexts(Text.getDefaultInstance())
            .addTexts(text("abc"))
            .setPadding(Padding.newBuilder().setMultipleOf(4).setLeft(true));
    List<EncodedText> texts = service.encodeBatch(request.build()).getTextsList();
    assertEquals(
        List.of(PAD, PAD, PAD, PAD, PAD, BEGIN, THE, END), texts.get(0).getEncoding().getIdsList());
    assertEquals(List.of(0, 0, 0, 0, 0, 0, 0, 3), texts.get(0).getEncoding().getStartsList());
    assertEquals(List.of(3, 0, 5), texts.stream().map(EncodedText::getTokens).toList());
    assertEquals("INVALID_ARGUMENT", texts.get(1).getError().getReason());
    assertEquals(1001, texts.get(1).getError().getNumber());
    assertTrue(texts.get(1).getError().getMessage().contains("neither text nor raw"));

    request.setPadding(Padding.newBuilder().setLength(4).setId('_'));
    texts = service.encodeBatch(request.build()).getTextsList();
    assertEquals(List.of(BEGIN, THE, END, (int) '_'), texts.get(0).getEncoding().getIdsList());
    assertTrue(texts.get(2).getError().getMessage().contains("5 tokens, more than the 4"));
  }

  @Test
  void requests_beyondTheirLimits_areRefusedAtTheDoor() {
    String remedy = "send it in parts";
    String quarter = "x".repeat((1 << 18) + 1);
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "the text's bytes: 262145; 0 to 262144 are possible: " + remedy,
        () -> service.encode(request(quarter).setWithOffsets(true).build()));
    EncodeBatchRequest.Builder many = EncodeBatchRequest.newBuilder().setTokenizer(tiny);
    many.addAllTexts(Collections.nCopies(10_001, text("")));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "the number of texts: 10001; 0 to 10000",
        () -> service.encodeBatch(many.build()));
    EncodeBatchRequest.Builder large = EncodeBatchRequest.newBuilder().setTokenizer(tiny);
    large.addAllTexts(Collections.nCopies(5, text(quarter)));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "the texts' bytes together: 1310725; 0 to 1048576",
        () -> service.encodeBatch(large.build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "0 to 4194304",
        () -> count("x".repeat((4 << 20) + 1), false));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "the number of ids: 1000001",
        () -> decode(tiny, Collections.nCopies(1_000_001, 1)));
    assertRefused(
        Status.Code.NOT_FOUND,
        "/no/such.gguf",
        () -> service.encode(request("a").setTokenizer("/no/such.gguf").build()));
    // What is too large for any message does not get as far as the methods.
    StatusRuntimeException huge =
        fails(() -> service.encode(request("x".repeat(17 << 20)).build()));
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, huge.getStatus().getCode());
  }

  /** The largest answers that the limits allow fit what a client takes by default. */
  @Test
  void answers_toTheLargestRequests_areTakenByDefault() {
    String worst = "x".repeat(1 << 18);
    assertEquals(
        1 << 18, service.encode(request(worst).setWithOffsets(true).build()).getEndsCount());
    EncodeBatchRequest batch =
        EncodeBatchRequest.newBuilder()
            .setTokenizer(tiny)
            .addTexts(text("x"))
            .addTexts(text("y".repeat(1 << 19)))
            .setPadding(Padding.getDefaultInstance())
            .build();
    assertEquals(1 << 19, service.encodeBatch(batch).getTexts(0).getEncoding().getIdsCount());
  }

  @Test
  void count_ofAText_isInTokensBytesCharactersAndWords() {
    CountResponse counts = count("the é 🔥", true);
    assertEquals(11, counts.getTokens());
    assertEquals(11, counts.getBytes());
    assertEquals(7, counts.getCharacters());
    assertEquals(3, counts.getWords());
    assertEquals(1 << 21, count("x ".repeat(1 << 20), false).getBytes());
  }

  @Test
  void decode_withPieces_tellsWhatEachIdAdds() {
    DecodeResponse decoded =
        service.decode(
            DecodeRequest.newBuilder()
                .setTokenizer(tiny)
                .addAllIds(List.of(BEGIN, THE, 0xC3, 0xA9))
                .setSkipSpecial(true)
                .setWithPieces(true)
                .build());
    assertEquals("theé", decoded.getText());
    assertEquals(
        List.of(ByteString.EMPTY, ByteString.copyFromUtf8("the"), bytes(0xC3), bytes(0xA9)),
        decoded.getPiecesList());
  }

  @Test
  void inspect_aTokenizersFile_tellsRolesEndsAndAddedTokens() {
    TokenizerInfo info =
        service.inspect(
            InspectTokenizerRequest.newBuilder()
                .setTokenizer(tiny)
                .setFirst(' ')
                .setCount(1)
                .build());
    assertEquals("bpe", info.getModel());
    assertEquals(262, info.getVocabularySize());
    assertEquals(BEGIN, info.getRoles().getBegin());
    assertEquals(END, info.getRoles().getEnd());
    assertEquals(PAD, info.getRoles().getPad());
    assertFalse(info.getRoles().hasUnknown());
    assertEquals(List.of(BEGIN), info.getBeforeList());
    assertEquals(List.of(END), info.getAfterList());
    AddedToken mask = info.getAddedTokens(3);
    assertTrue(mask.getSpecial() && mask.getLstrip() && !mask.getRstrip(), mask.toString());
    assertEquals(" ", info.getTokens(0).getText());
    assertEquals("Ġ", info.getTokens(0).getWritten());
  }

  @Test
  void encode_manyClientsAtOnce_eachGetsItsOwnAnswer() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Callable<Boolean>> clients = random.ints(16, 1, 2_000).mapToObj(this::client).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> client : threads.invokeAll(clients)) {
        assertTrue(client.get());
      }
    }
  }

  /** A client with texts of its own length, one by one and as a batch. */
  private Callable<Boolean> client(int length) {
    return () -> {
      List<Integer> expected = Collections.nCopies(length, (int) 'z');
      EncodeBatchRequest batch =
          EncodeBatchRequest.newBuilder()
              .setTokenizer(tiny)
              .addAllTexts(Collections.nCopies(20, text("z".repeat(length))))
              .build();
      for (int round = 0; round < 10; round++) {
        assertEquals(expected, service.encode(request("z".repeat(length)).build()).getIdsList());
        for (EncodedText text : service.encodeBatch(batch).getTextsList()) {
          assertEquals(expected, text.getEncoding().getIdsList());
        }
      }
      return true;
    };
  }

  private CountResponse count(String text, boolean addSpecial) {
    return service.count(
        CountRequest.newBuilder()
            .setTokenizer(tiny)
            .setText(text)
            .setAddSpecial(addSpecial)
            .build());
  }

  private EncodeRequest.Builder request(String text) {
    return EncodeRequest.newBuilder().setTokenizer(tiny).setText(text);
  }

  private static Text text(String text) {
    return Text.newBuilder().setText(text).build();
  }

  private static ByteString bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteString.copyFrom(bytes);
  }
}
