package dev.wrought.tokenizer.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wrought.proto.tokenizer.v1.BuildDatasetProgress;
import dev.wrought.tokenizer.build.BuildProgress.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildStreamTest {
  @Test
  void resumedAndBegunAnew_rightAfterAPhase_areToldAndSoIsWhatFollows() {
    QuickReader<BuildDatasetProgress> client = new QuickReader<>();
    BuildStream stream = new BuildStream(new ProgressStream<>(client));
    stream.at(Phase.READING, 0, 0, 0, 0);
    stream.resumed(1L << 33, 70);
    stream.begunAnew("the tokenizer is another one");
    stream.at(Phase.ENCODING, 0.5, 1, 2, 3);
    List<BuildDatasetProgress> told = client.received();
    assertEquals(4, told.size());
    assertFalse(told.getFirst().hasResumed());
    assertEquals("reading", told.get(1).getPhase());
    assertEquals(1L << 33, told.get(1).getResumed().getDocuments());
    assertEquals(70, told.get(1).getResumed().getShards());
    assertEquals("the tokenizer is another one", told.get(2).getBegunAnew());
    assertEquals("encoding", told.getLast().getPhase());
    assertEquals("", told.getLast().getBegunAnew());
  }
}
