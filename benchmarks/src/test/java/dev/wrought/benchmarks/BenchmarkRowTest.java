package dev.wrought.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BenchmarkRowTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void json_rowWithEverything_hasTheNineFieldsInOrder() throws Exception {
    BenchmarkRow row =
        new BenchmarkRow(
            "gpt",
            "tokens/s",
            1500,
            Optional.of(new BenchmarkRow.Peer("PyTorch 2.13.0", 1200, 1.25)),
            OptionalDouble.of(1.0),
            OptionalDouble.of(2000));
    assertEquals(
        """
        [{"case":"gpt","metric":"tokens/s","ours":1500.0,"peerName":"PyTorch 2.13.0",\
        "peer":1200.0,"ratio":1.25,"goal":1.0,"limit":2000.0,"ofLimit":0.75}]\
        """,
        JSON.readTree(Benchmarks.json(List.of(row))).toString());
  }

  @Test
  void json_rowWithoutPeerAndLimit_saysNull() throws Exception {
    BenchmarkRow row =
        new BenchmarkRow(
            "gpt",
            "tokens/s",
            1500,
            Optional.empty(),
            OptionalDouble.of(1.0),
            OptionalDouble.empty());
    assertEquals(
        """
        [{"case":"gpt","metric":"tokens/s","ours":1500.0,"peerName":null,"peer":null,\
        "ratio":null,"goal":1.0,"limit":null,"ofLimit":null}]\
        """,
        JSON.readTree(Benchmarks.json(List.of(row))).toString());
  }
}
