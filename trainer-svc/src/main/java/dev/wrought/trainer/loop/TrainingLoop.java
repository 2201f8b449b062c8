package dev.wrought.trainer.loop;

import dev.wrought.trainer.guard.Guard;
import dev.wrought.trainer.guard.Verdict;
import dev.wrought.trainer.loader.Batch;
import dev.wrought.trainer.loader.BatchLoader;
import dev.wrought.trainer.loader.HeldOutData;
import dev.wrought.trainer.loader.MicroBatch;
import java.util.function.LongSupplier;

/**
 * Pre-training: read a batch, ask how each weight would have to change to predict it better, change
 * all of them a little, and again. From time to time measure on text that is never trained on, and
 * save.
 *
 * <p>What a step computes depends on the weights, the optimizer's state and the step's number only,
 * so a run that is stopped anywhere and resumed from its checkpoint ends with the same weights.
 */
public final class TrainingLoop {
  private final TrainingSetup setup;
  private final StepPlan plan;
  private final StopSignal stop;
  private final LongSupplier nanoTime;
  private final Guard guard;
  private Progress progress;
  private int savedStep;

  /**
   * Prepares to go on from {@code progress}.
   *
   * @param nanoTime a monotonic clock
   */
  public TrainingLoop(
      TrainingSetup setup,
      StepPlan plan,
      Progress progress,
      StopSignal stop,
      LongSupplier nanoTime) {
    this.setup = setup;
    this.plan = plan;
    this.progress = progress;
    this.stop = stop;
    this.nanoTime = nanoTime;
    this.guard = new Guard(setup.recipe().guard());
    this.savedStep = progress.step();
  }

  /** Trains until all is done, or someone or something stops it. */
  public Ending run() throws InterruptedException {
    try (BatchLoader batches =
        new BatchLoader(
            setup.data(),
            progress.samples(),
            setup.batchSequences(),
            setup.recipe().batch().microBatchSequences())) {
      while (!plan.isDone(progress.step())) {
        if (stop.isRequested()) {
          save();
          return new Ending.Stopped(savedStep);
        }
        boolean planned = plan.planned().isPresent();
        if (step(batches) instanceof Verdict.Stop(String why)) {
          return new Ending.NonFinite(why);
        }
        if (isDue(setup.recipe().validation().everySteps())) {
          validate();
        }
        boolean justPlanned = !planned && plan.planned().isPresent(); // what resumes must keep it
        if (justPlanned || isDue(setup.recipe().checkpoint().everySteps())) {
          save();
        }
      }
    }
    save();
    return new Ending.Completed();
  }

  /** One optimizer step. */
  private Verdict step(BatchLoader batches) throws InterruptedException {
    int step = progress.step() + 1;
    double learningRate = setup.peakLearningRate() * setup.schedule().factor(step, plan.planned());

    long begin = nanoTime.getAsLong();
    Batch batch = batches.next();
    long loaded = nanoTime.getAsLong();
    Trainee.Lesson lesson = setup.trainee().learn(batch.microBatches(), learningRate);
    double seconds = (nanoTime.getAsLong() - begin) / 1e9;

    plan.measure(step, seconds, progress.seconds() + seconds);
    StepReport report =
        new StepReport(
            step,
            lesson.loss(),
            learningRate,
            lesson.gradientNorm(),
            batch.tokens(),
            progress.totalTokens() + batch.tokens(),
            batch.tokens() / seconds,
            (loaded - begin) / 1e9 / seconds,
            plan.planned(),
            batch.firstSample());
    setup.log().stepped(report);
    progress = progress.after(report, batch.sequences(), seconds);
    return guard.judge(lesson.loss(), lesson.gradientNorm(), () -> describe(step, batch));
  }

  private static String describe(int step, Batch batch) {
    return "step %d, samples %d to %d of the data order: %s"
        .formatted(
            step,
            batch.firstSample(),
            batch.firstSample() + batch.sequences() - 1,
            batch.origins());
  }

  private boolean isDue(int everySteps) {
    return progress.step() % everySteps == 0 || plan.isDone(progress.step());
  }

  /** Measures the loss on held-out text: of several datasets, over all their tokens. */
  private void validate() {
    double nats = 0;
    for (HeldOutData data : setup.heldOut()) {
      for (MicroBatch batch : data.batches()) {
        nats += setup.trainee().nats(batch);
      }
    }
    long tokens = setup.heldOut().stream().mapToLong(HeldOutData::tokens).sum();
    if (tokens > 0) {
      HeldOutLoss measured =
          new HeldOutLoss(
              progress.step(),
              HeldOutData.name(setup.heldOut()),
              nats,
              tokens,
              setup.heldOut().stream().mapToLong(HeldOutData::bytes).sum(),
              progress.totalTokens());
      setup.log().validated(measured);
      progress = progress.withValidationLoss(measured.loss());
    }
  }

  private void save() {
    if (progress.step() != savedStep) {
      setup.keeper().save(progress, plan.planned());
      savedStep = progress.step();
    }
  }
}
