package dev.wrought.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import dev.wrought.proto.tokenizer.v1.SplitInfo;
import dev.wrought.proto.trainer.v1.Run;
import dev.wrought.proto.trainer.v1.RunState;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void message_hasEveryField_countsAsNumbers() {
    DatasetInfo info =
        DatasetInfo.newBuilder()
            .setName("demo")
            .setTrain(SplitInfo.newBuilder().setTokens(1L << 52))
            .putDropped("duplicate", 3)
            .build();
    ObjectNode json = Json.of(info);
    assertEquals(1L << 52, json.get("train").get("tokens").asLong());
    assertTrue(json.get("train").get("tokens").isNumber());
    assertEquals("{\"duplicate\":3}", json.get("dropped").toString());
    assertTrue(json.get("validation").isNull());
    assertEquals("", json.get("digest").asText());
  }

  @Test
  void optional_thatIsAbsent_isNull() {
    ObjectNode json = Json.of(Run.newBuilder().setState(RunState.RUN_STATE_RUNNING).build());
    assertTrue(json.get("loss").isNull());
    assertEquals("RUN_STATE_RUNNING", json.get("state").asText());
    assertEquals(0.0, Json.of(Run.newBuilder().setLoss(0).build()).get("loss").asDouble());
  }

  @Test
  void bytes_areBase64_andListsStayLists() {
    ObjectNode json =
        Json.of(
            EncodeResponse.newBuilder()
                .addIds(7)
                .addPieces(ByteString.copyFrom(new byte[] {(byte) 0xff, 0}))
                .build());
    assertEquals("{\"ids\":[7],\"pieces\":[\"/wA=\"],\"starts\":[],\"ends\":[]}", Json.line(json));
  }
}
