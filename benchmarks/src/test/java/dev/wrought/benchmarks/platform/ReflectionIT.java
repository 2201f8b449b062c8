package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.wrought.cli.local.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a generic gRPC client can do that has never seen our contracts. */
@ExtendWith(SharedPlatform.class)
class ReflectionIT {
  private static final String HEALTH = "grpc.health.v1.Health";

  @ParameterizedTest
  @CsvSource({
    "TOKENIZER, wrought.tokenizer.v1.TokenizerService",
    "TRAINER, wrought.trainer.v1.TrainerService",
    "EVAL, wrought.evaluation.v1.EvaluationService",
    "SERVING, wrought.serving.v1.ServingService"
  })
  void services_areListedAndHealthy(Part part, String service, PlatformUnderTest platform)
      throws Exception {
    try (ReflectiveClient client = new ReflectiveClient(platform.port(part))) {
      List<String> services = client.services();
      assertTrue(services.contains(service), services.toString());
      assertTrue(services.contains(HEALTH), services.toString());
      DynamicMessage health = client.call(HEALTH, "Check", "{}").next();
      assertEquals("SERVING", field(health, "status").toString());
    }
  }

  @Test
  void generation_isStreamedTokenByToken(PlatformUnderTest platform) throws Exception {
    String request =
        """
        {"model": "run:%s", "prompt": "the smith", "max_tokens": 12, "temperature": 0}
        """
            .formatted(platform.made().undisturbed().getName());
    try (ReflectiveClient client = new ReflectiveClient(platform.port(Part.SERVING))) {
      List<DynamicMessage> messages = new ArrayList<>();
      client
          .call("wrought.serving.v1.ServingService", "Generate", request)
          .forEachRemaining(messages::add);
      DynamicMessage end = (DynamicMessage) field(messages.getLast(), "end");
      List<Integer> tokens =
          messages.stream().map(message -> ((List<?>) field(message, "ids")).size()).toList();
      List<Integer> oneByOne =
          new ArrayList<>(Collections.nCopies((int) field(end, "completion_tokens"), 1));
      oneByOne.add(0); // the end has a message of its own
      assertEquals(oneByOne, tokens);
      assertTrue(tokens.size() > 2, messages.toString());
      assertTrue(
          messages.stream().anyMatch(message -> !field(message, "text").toString().isBlank()),
          "no text");
      assertTrue(
          List.of("stop", "length").contains(field(end, "finish_reason").toString()),
          end.toString());
    }
  }

  private static Object field(DynamicMessage message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return message.getField(field);
  }
}
