package dev.wrought.serving.grpc;

import dev.wrought.proto.serving.v1.GenerateEnd;
import dev.wrought.proto.serving.v1.GenerateResponse;
import dev.wrought.proto.serving.v1.ModelInfo;
import dev.wrought.proto.serving.v1.ScoreResponse;
import dev.wrought.proto.serving.v1.ScoreResult;
import dev.wrought.serving.generation.Piece;
import dev.wrought.serving.grpc.ScoreRequests.Checked;
import dev.wrought.serving.models.Models;
import dev.wrought.serving.models.ServedModel;
import dev.wrought.serving.scoring.ItemScore;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** The rooms' results as messages. */
final class Replies {
  private Replies() {}

  static ModelInfo model(Models.Listed listed) {
    ServedModel model = listed.model();
    return ModelInfo.newBuilder()
        .setModel(listed.reference())
        .setDigest(model.digest())
        .setArchitecture(model.config().architecture().modelType())
        .setParameters(model.config().parameterCount())
        .setContextLength(model.config().contextLength())
        .setVocabularySize(model.config().vocabularySize())
        .setTokenizerDigest(model.tokenizer().digest())
        .setKernel(model.kernels().name())
        .setMemoryBytes(model.memoryBytes())
        .setLeases(listed.leases())
        .build();
  }

  static GenerateResponse piece(Piece piece, long seed) {
    GenerateResponse.Builder message =
        GenerateResponse.newBuilder().setText(piece.text()).addAllIds(piece.ids());
    piece.end().ifPresent(end -> message.setEnd(end(end, seed)));
    return message.build();
  }

  private static GenerateEnd end(Piece.Ending end, long seed) {
    return GenerateEnd.newBuilder()
        .setFinishReason(end.reason().name().toLowerCase(Locale.ROOT))
        .setPromptTokens(end.promptTokens())
        .setCompletionTokens(end.completionTokens())
        .setSeed(seed)
        .setPromptSeconds(end.promptSeconds())
        .setCompletionSeconds(end.completionSeconds())
        .build();
  }

  /**
   * Scores and problems, in the order of the items.
   *
   * @param scores of the good items
   */
  static ScoreResponse scores(List<Checked> items, List<ItemScore> scores) {
    Iterator<ItemScore> next = scores.iterator();
    ScoreResponse.Builder response = ScoreResponse.newBuilder();
    for (Checked item : items) {
      response.addResults(
          switch (item) {
            case Checked.Good _ -> score(next.next());
            case Checked.Bad(String problem) -> ScoreResult.newBuilder().setError(problem).build();
          });
    }
    return response.build();
  }

  private static ScoreResult score(ItemScore score) {
    if (!Double.isFinite(score.logLikelihood())) {
      return ScoreResult.newBuilder()
          .setError(
              "the model's log-likelihood is not finite: its training diverged, or its weights are damaged")
          .build();
    }
    ScoreResult.Builder message =
        ScoreResult.newBuilder().setLogLikelihood(score.logLikelihood()).setGreedy(score.greedy());
    for (double token : score.tokenLogLikelihoods()) {
      message.addTokenLogLikelihoods((float) token);
    }
    return message.build();
  }
}
