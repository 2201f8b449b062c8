package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.wrought.cli.local.Part;
import java.util.Iterator;
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
      Iterator<DynamicMessage> stream =
          client.call("wrought.serving.v1.ServingService", "Generate", request);
      StringBuilder text = new StringBuilder();
      int messages = 0;
      DynamicMessage last = stream.next();
      text.append(field(last, "text"));
      while (stream.hasNext()) {
        last = stream.next();
        text.append(field(last, "text"));
        messages++;
      }
      assertTrue(messages > 1, messages + " messages: " + text);
      assertTrue(!text.toString().isBlank(), "no text");
      DynamicMessage end = (DynamicMessage) field(last, "end");
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
