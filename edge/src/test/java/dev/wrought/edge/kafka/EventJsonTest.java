package dev.wrought.edge.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.TrainingStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
  @Test
  void read_ofWhatWasWritten_isEqual() {
    TrainingStep step =
        TrainingStep.newBuilder()
            .setRun(RunRef.newBuilder().setRunUid("uid").setRun("run").setEpoch(1))
            .setStep(3)
            .setLoss(0.1 + 0.2)
            .setTotalTokens(0x1p53)
            .build();
    TrainingStep.Builder read = TrainingStep.newBuilder();
    EventJson.read(EventJson.write(step), read);
    assertEquals(step, read.build());
  }

  @Test
  void write_always_givesOneLineWithAllFields() {
    String json = EventJson.write(TrainingStep.newBuilder().setStep(1).build());
    assertTrue(json.contains("\"nonFinite\":false"), json);
    assertTrue(json.contains("\"dataWait\":0.0"), json);
    assertFalse(json.contains("\"loss\""), json);
    assertFalse(json.contains("\n"), json);
  }

  @Test
  void read_ofAFieldFromTheFuture_passesOverIt() {
    TrainingStep.Builder read = TrainingStep.newBuilder();
    EventJson.read("{\"step\": 4, \"madeUpLater\": {\"a\": [1]}}", read);
    assertEquals(4, read.getStep());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "garbage", "[]", "{\"step\": \"x\"}", "{\"step\": 1e12}", "{", "{\"run\": 5}"})
  void read_ofAnotherBody_saysWhichMessageItIsNot(String body) {
    WroughtException refused =
        assertThrows(WroughtException.class, () -> EventJson.read(body, TrainingStep.newBuilder()));
    assertTrue(String.valueOf(refused.getMessage()).contains("TrainingStep"), refused.toString());
  }

  @Test
  void read_ofDeeplyNestedJson_isRefusedWithoutOverflow() {
    String body = "{\"x\":" + "[".repeat(400_000) + "]".repeat(400_000) + "}";
    assertThrows(WroughtException.class, () -> EventJson.read(body, TrainingStep.newBuilder()));
  }
}
