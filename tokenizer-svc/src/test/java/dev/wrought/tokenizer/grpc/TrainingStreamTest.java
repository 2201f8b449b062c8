package dev.wrought.tokenizer.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.tokenizer.training.TrainingProgress.Phase;
import org.junit.jupiter.api.Test;

class TrainingStreamTest {
  @Test
  void resumed_rightAfterAPhase_isToldAndSoIsWhatFollows() {
    QuickReader<TrainTokenizerProgress> client = new QuickReader<>();
    TrainingStream stream = new TrainingStream(new ProgressStream<>(client));
    stream.at(Phase.READING, 0, 0, 0);
    stream.resumed(1L << 33, 70);
    stream.at(Phase.MERGING, 0.5, 1L << 33, 71);
    assertEquals(3, client.received().size());
    assertFalse(client.received().getFirst().hasResumed());
    assertEquals("reading", client.received().get(1).getPhase());
    assertTrue(client.received().get(1).hasResumed());
    assertEquals(1L << 33, client.received().get(1).getResumed().getBytesRead());
    assertEquals(70, client.received().get(1).getResumed().getMerges());
    assertEquals("merging", client.received().getLast().getPhase());
    assertFalse(client.received().getLast().hasResumed());
  }
}
