package dev.wrought.trainer.loop;

/** Who is told what happens, as it happens; whatever it throws ends the training. */
public interface TrainingLog {
  void stepped(StepReport report);

  void validated(HeldOutLoss report);
}
