package dev.wrought.tokenizer.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.proto.tokenizer.v1.Corpus;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.Source;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clients that go away, and what becomes of their work and of the others. */
@QuarkusTest
@TestProfile(FreshHome.class)
class DepartingClientsIT extends TokenizerClient {

  /** FAULTS: cancellation. The work stops, leaves nothing, and the next one may begin. */
  @Test
  void train_cancelledByItsClient_stopsAndLeavesNothing() throws Exception {
    Path large = largeText();
    TrainTokenizerRequest request =
        training("cancelled", 30_000).toBuilder()
            .setCorpus(
                Corpus.newBuilder().addSources(Source.newBuilder().setPath(large.toString())))
            .build();
    Context.CancellableContext context = Context.current().withCancellation();
    context.run(() -> {
      Iterator<TrainTokenizerProgress> stream = service.train(request);
      assertTrue(stream.hasNext());
      context.cancel(null);
    });
    // One at a time is done: this one waits for the other to have stopped.
    trained("after-cancelled");
    StatusRuntimeException late =
        fails(() -> drain(service.withDeadlineAfter(300, TimeUnit.MILLISECONDS).train(request)));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, late.getStatus().getCode());
    trained("after-deadline");
    assertRefused(Status.Code.NOT_FOUND, "cancelled", () -> decode("cancelled", List.of(1)));
    Path tokenizers = Path.of(FreshHome.HOME.toString(), "tokenizers");
    try (Stream<Path> entries = Files.list(tokenizers)) {
      assertTrue(entries.noneMatch(e -> String.valueOf(e.getFileName()).startsWith(".tmp")));
    }
  }

  @Test
  void encode_besideCallsThatAreCancelledAtOnce_isNotDisturbed() throws Exception {
    trained("undisturbed");
    TrainTokenizerRequest request = training("cancelled-at-once", 450);
    for (int round = 0; round < 60; round++) {
      Context.CancellableContext context = Context.current().withCancellation();
      context.run(() -> service.train(request));
      Thread.sleep(round % 6);
      context.cancel(null);
      assertEquals(
          1,
          service
              .encode(EncodeRequest.newBuilder().setTokenizer("undisturbed").setText("a").build())
              .getIdsCount());
    }
  }

  /** Random words, so that counting and merging take seconds. */
  private Path largeText() throws IOException {
    Path file = folder.resolve("large.txt");
    Random random = new Random(9);
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      for (int word = 0; word < 4_000_000; word++) {
        out.write(Integer.toString(random.nextInt(1 << 24), 26));
        out.write(word % 10 == 9 ? '\n' : ' ');
      }
    }
    return file;
  }
}
