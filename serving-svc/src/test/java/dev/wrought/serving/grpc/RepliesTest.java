package dev.wrought.serving.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.proto.serving.v1.ScoreResponse;
import dev.wrought.proto.serving.v1.ScoreResult;
import dev.wrought.serving.grpc.ScoreRequests.Checked;
import dev.wrought.serving.scoring.Item;
import dev.wrought.serving.scoring.ItemScore;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepliesTest {
  @Test
  void scores_thatAreNotFinite_areErrorsOfTheirItems() {
    Checked good = new Checked.Good(new Item(new int[] {1}, new int[] {2, 3}));
    ScoreResponse response =
        Replies.scores(
            List.of(good, new Checked.Bad("too long"), good, good),
            List.of(
                new ItemScore(new double[] {-1, Double.NaN}, false),
                new ItemScore(new double[] {-1, -2}, true),
                new ItemScore(new double[] {-1, Double.NEGATIVE_INFINITY}, false)));
    assertError(response.getResults(0), "not finite");
    assertError(response.getResults(1), "too long");
    assertEquals("", response.getResults(2).getError());
    assertEquals(-3, response.getResults(2).getLogLikelihood());
    assertError(response.getResults(3), "not finite");
  }

  private static void assertError(ScoreResult result, String inMessage) {
    assertTrue(result.getError().contains(inMessage), result.toString());
    assertEquals(0, result.getTokenLogLikelihoodsCount());
  }
}
