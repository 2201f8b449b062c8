package dev.wrought.cli.demo;

import dev.wrought.cli.client.Services;
import dev.wrought.cli.client.Streams;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Progress;
import dev.wrought.proto.evaluation.v1.HeldOutScore;
import dev.wrought.proto.evaluation.v1.ScoreHeldOutRequest;

/** A model to a number that can be compared, by eval-svc through serving-svc. */
record ScoringStage(Services services, Narration narration) {
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
