package dev.wrought.tokenizer.grpc;

import static dev.wrought.tokenizer.encoding.TinyTokenizer.BEGIN;
import static dev.wrought.tokenizer.encoding.TinyTokenizer.END;
import static dev.wrought.tokenizer.encoding.TinyTokenizer.THE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.wrought.proto.tokenizer.v1.CountRequest;
import dev.wrought.proto.tokenizer.v1.DecodeResponse;
import dev.wrought.proto.tokenizer.v1.DecodeStreamRequest;
import dev.wrought.proto.tokenizer.v1.DecodeStreamStart;
import dev.wrought.proto.tokenizer.v1.EncodeBatchRequest;
import dev.wrought.proto.tokenizer.v1.EncodeBatchResponse;
import dev.wrought.proto.tokenizer.v1.EncodeOptions;
import dev.wrought.proto.tokenizer.v1.EncodeStreamRequest;
import dev.wrought.proto.tokenizer.v1.EncodeStreamStart;
import dev.wrought.proto.tokenizer.v1.EncodedText;
import dev.wrought.proto.tokenizer.v1.ListTokenizersRequest;
import dev.wrought.proto.tokenizer.v1.Text;
import dev.wrought.proto.tokenizer.v1.TokenIds;
import dev.wrought.proto.tokenizer.v1.TokenizerServiceGrpc;
import dev.wrought.tokenizer.encoding.SharedCores;
import dev.wrought.tokenizer.encoding.TinyTokenizer;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that go both ways, slow readers, and work that is given up. */
@QuarkusTest
@TestProfile(FreshHome.class)
@Timeout(120) // Of what would wait for ever.
class StreamsIT extends TokenizerClient {
  @Inject SharedCores cores;
  private String tiny = "";
  private TokenizerServiceGrpc.TokenizerServiceStub streams;

  @BeforeEach
  void writeTokenizer() throws IOException {
    tiny = TinyTokenizer.in(folder).toString();
    streams = TokenizerServiceGrpc.newStub(channel);
  }

  @Test
  void encodeStream_manyTexts_areAllAnsweredInOrder() {
    Answers<EncodedText> answers = new Answers<>();
    StreamObserver<EncodeStreamRequest> texts = streams.encodeStream(answers);
    texts.onNext(start(EncodeOptions.newBuilder().setAddSpecial(true)));
    for (int i = 0; i < 3_000; i++) {
      texts.onNext(text("the " + i));
    }
    texts.onCompleted();
    List<EncodedText> all = answers.all();
    assertEquals(3_000, all.size());
    for (int i = 0; i < all.size(); i++) {
      List<Integer> ids = all.get(i).getEncoding().getIdsList();
      assertEquals(List.of(BEGIN, THE, (int) ' '), ids.subList(0, 3));
      String number =
          new String(
              ids.subList(3, ids.size() - 1).stream().mapToInt(Integer::intValue).toArray(),
              0,
              ids.size() - 4);
      assertEquals(Integer.toString(i), number);
      assertEquals(END, ids.getLast());
    }
  }

  @Test
  void encodeStream_aTextThatFails_isAnsweredAndTheStreamGoesOn() {
    Answers<EncodedText> answers = new Answers<>();
    StreamObserver<EncodeStreamRequest> texts = streams.encodeStream(answers);
    texts.onNext(start(EncodeOptions.newBuilder()));
    texts.onNext(text("x".repeat((1 << 20) + 1)));
    texts.onNext(EncodeStreamRequest.newBuilder().setText(Text.getDefaultInstance()).build());
    texts.onNext(text("the"));
    texts.onCompleted();
    List<EncodedText> all = answers.all();
    assertTrue(all.get(0).getError().getMessage().contains("1048577; 0 to 1048576"));
    assertTrue(all.get(1).getError().getMessage().contains("neither text nor raw"));
    assertEquals(List.of(THE), all.get(2).getEncoding().getIdsList());
  }

  @Test
  void encodeStream_withoutAProperStart_isRefused() {
    assertStreamRefused(Status.Code.INVALID_ARGUMENT, "first message has to be start", text("a"));
    EncodeStreamRequest start = start(EncodeOptions.newBuilder());
    assertStreamRefused(Status.Code.INVALID_ARGUMENT, "has started already", start, start);
    assertStreamRefused(
        Status.Code.INVALID_ARGUMENT,
        "neither start nor text",
        start,
        EncodeStreamRequest.getDefaultInstance());
    assertStreamRefused(
        Status.Code.NOT_FOUND,
        "nobody",
        EncodeStreamRequest.newBuilder()
            .setStart(EncodeStreamStart.newBuilder().setTokenizer("nobody"))
            .build(),
        text("a"));
  }

  /** A reader that does not read: the service takes in what fits its windows, and no more. */
  @Test
  void encodeStream_aClientThatDoesNotRead_isNotReadFromUntilItDoes() {
    SlowReader reader = new SlowReader();
    streams.encodeStream(reader);
    reader.send(start(EncodeOptions.newBuilder()));
    String large = "y".repeat(64 << 10);
    int sent = 0;
    while (reader.awaitRoom() && sent < 2_000) {
      reader.send(text(large));
      sent++;
    }
    assertTrue(
        sent < 500, sent + " texts of 64 KiB were taken in from a client that reads nothing");
    reader.readAll();
    for (int i = 0; i < 20; i++, sent++) {
      reader.send(text(large));
    }
    reader.end();
    List<EncodedText> all = reader.answers().all();
    assertEquals(sent, all.size());
    assertTrue(all.stream().allMatch(each -> each.getTokens() == 64 << 10));
  }

  @Test
  void decodeStream_tokenByToken_givesWholeCharactersAndTheRestAtTheEnd() {
    Answers<DecodeResponse> answers = new Answers<>();
    StreamObserver<DecodeStreamRequest> ids = streams.decodeStream(answers);
    ids.onNext(decodeStart(true));
    byte[] text = "the 🔥é".getBytes(UTF_8);
    ids.onNext(ids(BEGIN));
    for (byte each : text) {
      ids.onNext(ids(each & 0xFF));
    }
    ids.onNext(ids(0xE2, 0x82));
    ids.onCompleted();
    List<String> parts = answers.all().stream().map(DecodeResponse::getText).toList();
    assertEquals(List.of("", "t", "h", "e", " ", "", "", "", "🔥", "", "é", "", "\uFFFD"), parts);
    ByteString raw =
        answers.all().stream()
            .map(DecodeResponse::getRaw)
            .reduce(ByteString.EMPTY, ByteString::concat);
    assertEquals(
        ByteString.copyFrom(text).concat(ByteString.copyFrom(new byte[] {-30, -126})), raw);
  }

  @Test
  void decodeStream_anIdThatDoesNotExist_endsIt() {
    Answers<DecodeResponse> answers = new Answers<>();
    StreamObserver<DecodeStreamRequest> ids = streams.decodeStream(answers);
    ids.onNext(decodeStart(false));
    ids.onNext(ids(THE));
    ids.onNext(ids(262));
    assertRefused(Status.Code.INVALID_ARGUMENT, "token id 262 does not exist", answers::all);
    Answers<DecodeResponse> unstarted = new Answers<>();
    streams.decodeStream(unstarted).onNext(ids(THE));
    assertRefused(Status.Code.INVALID_ARGUMENT, "first message has to be start", unstarted::all);
  }

  /**
   * FAULTS: cancellation. Somebody else's work leaves a batch a moment at a time, so that it is
   * halfway when its client goes.
   */
  @Test
  void encodeBatch_cancelledInItsMiddle_stopsThere() throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    Semaphore gate = new Semaphore(0);
    Thread other =
        Thread.startVirtualThread(
            () -> cores.forEach(100_000, 1, () -> {}, i -> gate.acquireUninterruptibly()));
    await(() -> gate.getQueueLength() == threads);
    long before = cores.pieces();
    int texts = 10_000;
    Context.CancellableContext context = Context.current().withCancellation();
    Answers<?> answers = context.call(() -> batch(texts));
    await(() -> cores.calls() == 2);
    long others = 0;
    while (cores.pieces() == before + others) {
      gate.release(threads);
      others += threads;
      await(() -> gate.getQueueLength() == threads);
    }
    context.cancel(null);
    // Behind the cancellation on the same connection: when it is answered, that has arrived.
    service.listTokenizers(ListTokenizersRequest.getDefaultInstance());
    gate.release(100_000);
    other.join();
    await(() -> cores.calls() == 0);
    long encoded = cores.pieces() - before - (100_000 - threads);
    assertTrue(encoded > 0 && encoded < texts, encoded + " of " + texts + " texts");
    StatusRuntimeException seen = fails(answers::all);
    assertEquals(Status.Code.CANCELLED, seen.getStatus().getCode());
  }

  @Test
  void encodeBatch_whoseDeadlinePasses_leavesTheProcessorsToOthers() {
    EncodeBatchRequest request = request(10_000);
    StatusRuntimeException late =
        fails(() -> service.withDeadlineAfter(1, TimeUnit.MILLISECONDS).encodeBatch(request));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, late.getStatus().getCode());
    await(() -> cores.calls() == 0);
    CountRequest count = CountRequest.newBuilder().setTokenizer(tiny).setText("the").build();
    assertEquals(1, service.count(count).getTokens());
  }

  @Test
  void encodeStream_cancelled_endsAndOthersGoOn() {
    Context.CancellableContext context = Context.current().withCancellation();
    SlowReader reader = new SlowReader();
    context.run(() -> {
      streams.encodeStream(reader);
      reader.send(start(EncodeOptions.newBuilder()));
      for (int i = 0; i < 50 && reader.awaitRoom(); i++) {
        reader.send(text("y".repeat(64 << 10)));
      }
    });
    context.cancel(null);
    assertEquals(Status.Code.CANCELLED, fails(reader.answers()::all).getStatus().getCode());
    await(() -> cores.calls() == 0);
    Answers<EncodedText> next = new Answers<>();
    StreamObserver<EncodeStreamRequest> texts = streams.encodeStream(next);
    texts.onNext(start(EncodeOptions.newBuilder()));
    texts.onNext(text("the"));
    texts.onCompleted();
    assertEquals(List.of(THE), next.all().getFirst().getEncoding().getIdsList());
    assertFalse(next.all().getFirst().hasError());
  }

  private void assertStreamRefused(
      Status.Code code, String inMessage, EncodeStreamRequest... messages) {
    Answers<EncodedText> answers = new Answers<>();
    StreamObserver<EncodeStreamRequest> texts = streams.encodeStream(answers);
    for (EncodeStreamRequest message : messages) {
      texts.onNext(message);
    }
    assertRefused(code, inMessage, answers::all);
  }

  private Answers<?> batch(int texts) {
    Answers<EncodeBatchResponse> answers = new Answers<>();
    streams.encodeBatch(request(texts), answers);
    return answers;
  }

  private EncodeBatchRequest request(int texts) {
    return EncodeBatchRequest.newBuilder()
        .setTokenizer(tiny)
        .addAllTexts(
            Collections.nCopies(texts, Text.newBuilder().setText("the".repeat(30)).build()))
        .build();
  }

  private EncodeStreamRequest start(EncodeOptions.Builder options) {
    return EncodeStreamRequest.newBuilder()
        .setStart(EncodeStreamStart.newBuilder().setTokenizer(tiny).setOptions(options))
        .build();
  }

  private static EncodeStreamRequest text(String text) {
    return EncodeStreamRequest.newBuilder().setText(Text.newBuilder().setText(text)).build();
  }

  private DecodeStreamRequest decodeStart(boolean skipSpecial) {
    return DecodeStreamRequest.newBuilder()
        .setStart(DecodeStreamStart.newBuilder().setTokenizer(tiny).setSkipSpecial(skipSpecial))
        .build();
  }

  private static DecodeStreamRequest ids(Integer... ids) {
    return DecodeStreamRequest.newBuilder()
        .setIds(TokenIds.newBuilder().addAllIds(List.of(ids)))
        .build();
  }

  private static void await(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException timeout) {
        throw new IllegalStateException("it never came to that", timeout);
      }
    }
  }
}
