package dev.wrought.trainer.worker;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.proto.events.v1.CheckpointPublished;
import dev.wrought.proto.events.v1.LifecycleChanged;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.proto.events.v1.TrainingStep;
import dev.wrought.proto.events.v1.ValidationResult;
import dev.wrought.proto.trainer.v1.RunEvent;
import dev.wrought.trainer.journal.RunEvents;
import dev.wrought.trainer.journal.RunJournal;
import dev.wrought.trainer.loop.HeldOutLoss;
import dev.wrought.trainer.loop.StepReport;
import dev.wrought.trainer.loop.TrainingLog;

/**
 * Writes what happens in a start of a run into its journal.
 *
 * @param flopsPerToken to train on one token
 * @param peakFlops that the machine reaches; 0: unknown
 */
record TrainingJournal(RunJournal journal, RunRef run, double flopsPerToken, double peakFlops)
    implements TrainingLog {

  /** The worker trains now. @param fromStep steps done before */
  void ready(int fromStep, boolean inexact, double parameters) {
    boolean resumed = fromStep > 0;
    String message = resumed ? "goes on after step " + fromStep : "";
    if (inexact) {
      message += "; on other threads or instructions than at first, so no longer bit for bit";
    }
    journal.append(
        RunEvent.newBuilder()
            .setLifecycle(
                LifecycleChanged.newBuilder()
                    .setRun(run)
                    .setState("RUNNING")
                    .setChange(RunEvents.TRAINS)
                    .setReason(resumed ? "Resumed" : "WorkerStarted")
                    .setMessage(message)
                    .setStep(fromStep)
                    .setParameters(parameters)
                    .setInexact(inexact)));
  }

  @Override
  public void stepped(StepReport report) {
    TrainingStep.Builder step =
        TrainingStep.newBuilder()
            .setRun(run)
            .setStep(report.step())
            .setLearningRate(report.learningRate())
            .setStepTokens(report.tokens())
            .setTotalTokens(report.totalTokens())
            .setTokensPerSecond(report.tokensPerSecond())
            .setMfu(peakFlops > 0 ? report.tokensPerSecond() * flopsPerToken / peakFlops : 0)
            .setDataWait(report.dataWait())
            .setPlannedSteps(report.plannedSteps().orElse(0))
            .setNonFinite(report.nonFinite())
            .setFirstSample(report.firstSample());
    if (Double.isFinite(report.loss())) {
      step.setLoss(report.loss());
    }
    if (Double.isFinite(report.gradientNorm())) {
      step.setGradientNorm(report.gradientNorm());
    }
    journal.append(RunEvent.newBuilder().setStep(step));
  }

  @Override
  public void validated(HeldOutLoss report) {
    ValidationResult.Builder result =
        ValidationResult.newBuilder()
            .setRun(run)
            .setStep(report.step())
            .setDataset(report.dataset())
            .setTokens(report.tokens())
            .setBytes(report.bytes())
            .setNonFinite(!Double.isFinite(report.nats()))
            .setTotalTokens(report.totalTokens());
    if (Double.isFinite(report.nats())) {
      result.setNats(report.nats());
    }
    journal.append(RunEvent.newBuilder().setValidation(result));
  }

  /** A checkpoint is published; it may be of an earlier start. */
  void published(Checkpoint checkpoint) {
    CheckpointPublished.Builder event =
        CheckpointPublished.newBuilder()
            .setRun(run.toBuilder().setEpoch(checkpoint.state().epoch()))
            .setStep(checkpoint.step())
            .setDigest(checkpoint.digest())
            .setLocation(checkpoint.path().toString())
            .setSizeBytes(checkpoint.manifest().sizeBytes())
            .setTotalTokens(checkpoint.state().totalTokens());
    checkpoint.state().loss().ifPresent(event::setLoss);
    checkpoint.state().validationLoss().ifPresent(event::setValidationLoss);
    journal.append(RunEvent.newBuilder().setCheckpoint(event));
  }
}
