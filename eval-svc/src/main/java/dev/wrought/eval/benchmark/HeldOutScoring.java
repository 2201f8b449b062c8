package dev.wrought.eval.benchmark;

import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.checkpoint.TrainerState;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.eval.benchmark.HeldOutScore.Baselines;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Bits per byte of a checkpoint on held-out documents, computed by serving-svc, and beside them
 * what gzip -9 and a trigram model need for exactly the same bytes.
 *
 * <p>The log-likelihood of a document is lm-evaluation-harness's rolling one: the end-of-text token
 * stands before it, windows are disjoint, every token is scored once with as much left context as
 * fits. The end-of-text token after a document is no part of it and is not scored. Bits per byte
 * are nats / ln 2 / bytes of the documents.
 *
 * <p>One scoring at a time, because the machine is shared with training; others wait their turn.
 */
public final class HeldOutScoring {
  /** Share of the progress that is the model's, where there are baselines too. */
  private static final double SHARE_OF_MODEL = 0.9;

  private final ModelServer server;
  private final Artifacts artifacts;
  private final Semaphore turn = new Semaphore(1, true);

  /**
   * @param home where datasets are
   */
  public HeldOutScoring(ModelServer server, Path home) {
    this.server = server;
    this.artifacts = new Artifacts(home);
  }

  /**
   * Scores.
   *
   * @param cancelled asked often; once true the work ends with CANCELLED
   * @param progress told the fraction done
   * @throws dev.wrought.core.error.WroughtException DIGEST_MISMATCH where model and dataset have
   *     other tokenizers; CANCELLED; and what reading the files and serving-svc say
   */
  public HeldOutScore score(
      HeldOutRequest request, BooleanSupplier cancelled, DoubleConsumer progress) {
    Patience patience = new Patience(cancelled);
    Dataset dataset = Dataset.open(request.dataset());
    Tokenizer tokenizer = TokenizerJson.read(dataset.tokenizerFile());
    HeldOutText text;
    try (TokenShards split = dataset.validation()) {
      text = HeldOutText.select(split, tokenizer, request.maxBytes());
    }
    patience.acquire(turn);
    try {
      double share = request.baselines() ? SHARE_OF_MODEL : 1;
      double nats =
          modelNats(request, tokenizer, text, patience, part -> progress.accept(share * part));
      Optional<Baselines> baselines = Optional.empty();
      if (request.baselines()) {
        DoubleConsumer rest =
            part -> {
              patience.check();
              progress.accept(share + (1 - share) * part);
            };
        baselines = Optional.of(baselines(request, dataset, tokenizer, text, rest));
      }
      return new HeldOutScore(
          text.documents().size(),
          text.tokens(),
          text.bytes().length,
          nats,
          text.bitsPerByte(nats),
          baselines);
    } finally {
      turn.release();
    }
  }

  private double modelNats(
      HeldOutRequest request,
      Tokenizer tokenizer,
      HeldOutText text,
      Patience patience,
      DoubleConsumer progress) {
    try (LeasedModel model = LeasedModel.load(server, patience, request.checkpoint())) {
      model.requireTokenizer(tokenizer.digest());
      return -model.logLikelihood(text.documents(), tokenizer.endOfTextId(), progress);
    }
  }

  private Baselines baselines(
      HeldOutRequest request,
      Dataset dataset,
      Tokenizer tokenizer,
      HeldOutText text,
      DoubleConsumer progress) {
    TrainerState state = TrainerState.read(request.checkpoint());
    try (TokenShards split = trainingSplit(state, dataset)) {
      TrainedWindows windows = TrainedWindows.of(state, split);
      double nats =
          new WittenBell(tokenizer.vocabularySize(), windows, windows.tokens())
              .nats(text.documents(), tokenizer.endOfTextId(), progress);
      return new Baselines(
          8.0 * Gzip.compressedBytes(text.bytes()) / text.bytes().length,
          text.bitsPerByte(nats),
          windows.tokens());
    }
  }

  /** The training split of the dataset that the checkpoint names: mostly the one that is scored. */
  private TokenShards trainingSplit(TrainerState state, Dataset scored) {
    String name = state.datasets().isEmpty() ? "" : state.datasets().getFirst().dataset();
    return name.isEmpty() || name.endsWith("@" + scored.digest())
        ? scored.train()
        : Dataset.open(artifacts.resolve(ArtifactKind.DATASET, name).folder()).train();
  }
}
