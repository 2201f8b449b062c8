package dev.wrought.benchmarks.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.client.Streams;
import dev.wrought.proto.evaluation.v1.HeldOutScore;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutProgress;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutRequest;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.proto.serving.v1.GenerateResponse;
import dev.wrought.proto.serving.v1.LoadModelRequest;
import dev.wrought.proto.serving.v1.LoadModelResponse;
import dev.wrought.proto.serving.v1.ReleaseModelRequest;
import dev.wrought.proto.serving.v1.ScoreItem;
import dev.wrought.proto.serving.v1.ScoreRequest;
import dev.wrought.proto.serving.v1.ScoreResult;
import dev.wrought.proto.serving.v1.TokenIds;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way of the data, through the real services: text, tokens, training, scores, text. */
@ExtendWith(SharedPlatform.class)
class ChainIT {
  @Test
  void dataset_ofATinyCorpus_holdsEveryDocumentOnce(PlatformUnderTest platform) {
    TokenizerInfo tokenizer = platform.made().tokenizer();
    DatasetInfo dataset = platform.made().dataset();
    assertEquals(Made.VOCABULARY, tokenizer.getVocabularySize());
    assertEquals(tokenizer.getDigest(), dataset.getTokenizerDigest());
    assertEquals(200, dataset.getTrain().getDocuments() + dataset.getValidation().getDocuments());
  }

  @Test
  void generate_temperatureZero_writesTheSameTextTwice(PlatformUnderTest platform) {
    GenerateRequest request =
        GenerateRequest.newBuilder()
            .setModel("run:" + platform.made().undisturbed().getName())
            .setPrompt("the smith")
            .setTemperature(0)
            .setMaxTokens(16)
            .build();
    String first = generate(platform, request);
    assertTrue(!first.isBlank(), "no text");
    assertEquals(first, generate(platform, request));
  }

  @Test
  void score_ofProseFromTheCorpus_isHigherThanOfNonsense(PlatformUnderTest platform) {
    LoadModelResponse loaded =
        platform
            .services()
            .serving()
            .loadModel(
                LoadModelRequest.newBuilder()
                    .setModel(platform.made().undisturbed().getCheckpoint())
                    .build());
    try {
      ScoreRequest request =
          ScoreRequest.newBuilder()
              .setModel(loaded.getModel().getModel())
              .addItems(item(platform, "the smith hammers", " the iron"))
              .addItems(item(platform, "the smith hammers", " zqx#7jkv"))
              .build();
      List<ScoreResult> results = platform.services().serving().score(request).getResultsList();
      for (ScoreResult result : results) {
        assertEquals("", result.getError());
        double sum =
            result.getTokenLogLikelihoodsList().stream().mapToDouble(Float::doubleValue).sum();
        assertEquals(sum, result.getLogLikelihood(), 1e-4 * Math.abs(sum));
      }
      assertTrue(
          results.get(0).getLogLikelihood() > results.get(1).getLogLikelihood(),
          results.toString());
    } finally {
      platform
          .services()
          .serving()
          .releaseModel(ReleaseModelRequest.newBuilder().setLease(loaded.getLease()).build());
    }
  }

  @Test
  void heldOut_scoredThroughServing_beatsOneByteAByte(PlatformUnderTest platform) {
    ScoreHeldOutRequest request =
        ScoreHeldOutRequest.newBuilder()
            .setCheckpoint(platform.made().undisturbed().getCheckpoint())
            .setDataset(platform.made().dataset().getPath())
            .setBaselines(true)
            .build();
    ScoreHeldOutProgress last =
        Streams.last(platform.services().evaluation().scoreHeldOut(request), progress -> {});
    HeldOutScore score = last.getResult();
    assertEquals(platform.made().dataset().getValidation().getBytes(), score.getBytes());
    assertEquals(score.getNats() / Math.log(2) / score.getBytes(), score.getBitsPerByte(), 1e-9);
    assertTrue(score.getBitsPerByte() < 4, score.toString());
    assertTrue(score.hasGzipBitsPerByte() && score.hasTrigramBitsPerByte(), score.toString());
  }

  private static ScoreItem item(PlatformUnderTest platform, String context, String continuation) {
    return ScoreItem.newBuilder()
        .setContext(ids(platform, context))
        .setContinuation(ids(platform, continuation))
        .build();
  }

  private static TokenIds ids(PlatformUnderTest platform, String text) {
    EncodeRequest request =
        EncodeRequest.newBuilder().setTokenizer(Made.TOKENIZER).setText(text).build();
    return TokenIds.newBuilder()
        .addAllIds(platform.services().tokenizer().encode(request).getIdsList())
        .build();
  }

  private static String generate(PlatformUnderTest platform, GenerateRequest request) {
    StringBuilder text = new StringBuilder();
    GenerateResponse last =
        Streams.last(
            platform.services().serving().generate(request),
            response -> text.append(response.getText()));
    assertTrue(last.getEnd().getCompletionTokens() > 0, last.toString());
    return text.toString();
  }
}
