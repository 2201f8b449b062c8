package dev.wrought.serving.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.serving.TinyCheckpoint;
import dev.wrought.serving.TinyModel;
import dev.wrought.serving.TinyWeights;
import dev.wrought.torch.aten.Tensors;
import dev.wrought.torch.autograd.GradMode;
import dev.wrought.torch.autograd.TensorScope;
import dev.wrought.torch.transformer.Decoder;
import dev.wrought.torch.transformer.Parameters;
import dev.wrought.torch.transformer.TokenBatch;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Log-likelihoods of a tiny model against PyTorch's, and in any company. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoringTest {
  private static final int SEED = 5;

  private TinyModel tiny;

  @BeforeAll
  void load(@TempDir Path folder) {
    tiny = TinyModel.load(TinyCheckpoint.publish(folder, "llama-multi-query-untied", SEED));
  }

  @AfterAll
  void close() {
    tiny.close();
  }

  @Test
  void await_anItemAsLongAsCanBe_givesPyTorchsLogProbabilities() throws Exception {
    int[] tokens = tiny.prompt(TinyCheckpoint.CONTEXT + 1, 1);
    Item item = item(tokens, 12);
    ItemScore score = tiny.score(List.of(item)).getFirst();
    double[] expected = torchLogProbabilities(tokens);
    double sum = 0;
    for (int i = 0; i < item.continuation().length; i++) {
      assertEquals(expected[11 + i], score.tokenLogLikelihoods()[i], 1e-3);
      sum += expected[11 + i];
    }
    assertEquals(sum, score.logLikelihood(), 1e-4 * Math.abs(sum));
  }

  @Test
  void await_manyItemsAtOnce_givesWhatEachGetsAlone() throws Exception {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(item(tiny.prompt(3 + i % 75, i), 1 + i % 2));
    }
    List<ItemScore> together = tiny.score(items);
    for (int i = 0; i < items.size(); i++) {
      ItemScore alone = tiny.score(List.of(items.get(i))).getFirst();
      assertArrayEquals(
          alone.tokenLogLikelihoods(), together.get(i).tokenLogLikelihoods(), "item " + i);
      assertEquals(alone.greedy(), together.get(i).greedy());
    }
  }

  @Test
  void await_noItems_givesNoScores() throws Exception {
    assertEquals(List.of(), tiny.score(List.of()));
  }

  /** FAULTS S1. */
  @Test
  void abandoned_inMidScoring_endsWithinAStep() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(item(tiny.prompt(70, i), 1));
    }
    AtomicInteger asked = new AtomicInteger();
    Scoring scoring =
        new Scoring(
            items,
            tiny.model().kernels(),
            tiny.model().config().vocabularySize(),
            () -> asked.incrementAndGet() > 3);
    tiny.engine().submit(scoring);
    WroughtException failure = assertThrows(WroughtException.class, scoring::await);
    assertEquals(ErrorCode.CANCELLED, failure.code());
    assertTrue(asked.get() <= 5, "asked " + asked.get() + " times");
    TinyModel.await(() -> tiny.engine().pagesHeld() == 0);
  }

  private static Item item(int[] tokens, int context) {
    return new Item(
        Arrays.copyOf(tokens, context), Arrays.copyOfRange(tokens, context, tokens.length));
  }

  /** Of each token but the first, in double precision from torch's logits. */
  private double[] torchLogProbabilities(int[] tokens) {
    ModelConfig config = tiny.model().config();
    int[] inputs = Arrays.copyOf(tokens, tokens.length - 1);
    try (Parameters parameters = TinyWeights.inTorch(config, SEED);
        Decoder decoder = new Decoder(config, parameters);
        GradMode mode = GradMode.off();
        TensorScope scope = TensorScope.open()) {
      NDArray logits = decoder.logits(TokenBatch.of(1, inputs.length, inputs, inputs));
      FloatBuffer values = Tensors.toFloats(logits);
      double[] result = new double[inputs.length];
      for (int i = 0; i < result.length; i++) {
        double sum = 0;
        for (int v = 0; v < config.vocabularySize(); v++) {
          sum += Math.exp(values.get(i * config.vocabularySize() + v));
        }
        result[i] = values.get(i * config.vocabularySize() + tokens[i + 1]) - Math.log(sum);
      }
      return result;
    }
  }
}
