package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DynamicMessage;
import dev.wrought.cli.local.Part;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each service without its peers and without a broker: it starts, answers, and says what it lacks.
 */
@ExtendWith(SharedPlatform.class)
class AloneIT {
  private static final Map<Part, LoneService> SERVICES = new EnumMap<>(Part.class);

  @BeforeAll
  static void start() throws IOException {
    Path homes = Jars.emptyFolder("alone");
    for (Part part : EnumSet.complementOf(EnumSet.of(Part.BROKER))) {
      Path home = Files.createDirectories(homes.resolve(part.label()));
      SERVICES.put(part, LoneService.start(part, home));
    }
    SERVICES.values().forEach(LoneService::awaitLive);
  }

  @AfterAll
  static void stop() {
    SERVICES.values().forEach(LoneService::close);
  }

  @ParameterizedTest
  @CsvSource({
    "TOKENIZER, wrought.tokenizer.v1.TokenizerService, ListTokenizers",
    "TRAINER, wrought.trainer.v1.TrainerService, ListRuns",
    "EVAL, wrought.evaluation.v1.EvaluationService, ListRuns",
    "SERVING, wrought.serving.v1.ServingService, ListModels"
  })
  void service_withoutPeersAndBroker_answers(Part part, String service, String method)
      throws Exception {
    try (ReflectiveClient client = new ReflectiveClient(port(part))) {
      DynamicMessage answer = client.call(service, method, "{}").next();
      assertEquals(Map.of(), answer.getAllFields(), "an empty home has none");
    }
  }

  /** The checkpoint and dataset are another platform's; the service that scores is nowhere. */
  @Test
  void scoreHeldOut_withoutItsPeer_namesTheService(PlatformUnderTest platform) throws Exception {
    String request =
        "{\"checkpoint\": \"%s\", \"dataset\": \"%s\"}"
            .formatted(
                platform.made().undisturbed().getCheckpoint(), platform.made().dataset().getPath());
    try (ReflectiveClient client = new ReflectiveClient(port(Part.EVAL))) {
      Iterator<DynamicMessage> answer =
          client.call("wrought.evaluation.v1.EvaluationService", "ScoreHeldOut", request);
      StatusRuntimeException failure =
          assertThrows(StatusRuntimeException.class, () -> answer.forEachRemaining(each -> {}));
      assertEquals(Status.Code.UNAVAILABLE, failure.getStatus().getCode(), failure.toString());
      assertTrue(
          String.valueOf(failure.getStatus().getDescription()).contains("serving"),
          failure.toString());
    }
  }

  private static int port(Part part) {
    return Objects.requireNonNull(SERVICES.get(part)).port();
  }
}
