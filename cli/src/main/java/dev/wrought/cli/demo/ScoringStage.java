package dev.wrought.cli.demo;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.client.Streams;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Progress;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.proto.evaluation.v1.HeldOutScore;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutRequest;
import java.util.Arrays;

/** A model to a number that can be compared, by eval-svc through serving-svc. */
record ScoringStage(Services services, Narration narration) {
  /** In less than this, gzip's header and the luck of the draw weigh more than the model. */
  private static final long TELLING_BYTES = 10_000;

  /**
   * How many held-out bytes to score: as many as asked for, and never less than the first document
   * has, since documents are scored whole. To be asked before the training: a dataset that cannot
   * be scored should not cost it.
   *
   * @throws WroughtException FAILED_PRECONDITION if nothing is held out
   */
  long room(Dataset dataset, long asked) {
    long all = dataset.facts().validation().bytes();
    if (all == 0) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION,
          "nothing of the dataset %s is held out to score the model on: add documents, a file each, and make it anew by --fresh"
              .formatted(dataset.folder()));
    }
    if (all < TELLING_BYTES) {
      narration.say(
          "warning: only %s are held out, the score will say little: more documents mend that"
              .formatted(Amounts.bytes(all)));
    }
    return Math.max(asked, firstBytes(dataset));
  }

  private static long firstBytes(Dataset dataset) {
    try (TokenShards documents = dataset.validation()) {
      int[] first = documents.document(0);
      int[] text = Arrays.copyOf(first, first.length - 1); // without its end of text
      return TokenizerJson.read(dataset.tokenizerFile()).decode(text).length;
    }
  }

  HeldOutScore run(String checkpoint, String dataset, long maxBytes) {
    narration.stage(
        "Score", "how many bits the model needs for a byte of text that it has never seen");
    ScoreHeldOutRequest request =
        ScoreHeldOutRequest.newBuilder()
            .setCheckpoint(checkpoint)
            .setDataset(dataset)
            .setMaxBytes(maxBytes)
            .setBaselines(true)
            .build();
    try (Progress progress = new Progress(narration.terminal(), "score")) {
      HeldOutScore score =
          Streams.last(
                  services.evaluation().scoreHeldOut(request),
                  step -> progress.update(step.getFraction(), ""))
              .getResult();
      progress.done(
          "%s bits per byte on %s held-out documents, %s, in %s"
              .formatted(
                  Amounts.decimal(score.getBitsPerByte(), 3),
                  Amounts.exact(score.getDocuments()),
                  Amounts.bytes(score.getBytes()),
                  Amounts.duration(progress.elapsed())));
      return score;
    }
  }
}
