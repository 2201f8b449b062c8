package dev.wrought.trainer.worker;

import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.CheckpointPublisher;
import dev.wrought.core.checkpoint.Checkpoints;
import dev.wrought.core.checkpoint.TrainerState;
import dev.wrought.core.checkpoint.TrainerState.WeightedDataset;
import dev.wrought.core.dataset.DatasetWatch;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.plugin.PluginContext;
import dev.wrought.proto.events.v1.RunRef;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.trainer.journal.RunDirectory;
import dev.wrought.trainer.journal.RunJournal;
import dev.wrought.trainer.journal.WorkerLock;
import dev.wrought.trainer.loop.Ending;
import dev.wrought.trainer.loop.Progress;
import dev.wrought.trainer.loop.StepPlan;
import dev.wrought.trainer.loop.StopSignal;
import dev.wrought.trainer.loop.TrainingLoop;
import dev.wrought.trainer.loop.TrainingSetup;
import dev.wrought.trainer.plan.Plan;
import dev.wrought.trainer.plan.Plan.PlannedDataset;
import dev.wrought.trainer.plan.Planner;
import dev.wrought.trainer.plan.RecipePlugins;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One start of a run: reads what is there, trains, and leaves checkpoints and events behind. */
final class Worker {
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());

  private final WorkerArguments arguments;
  private final RunDirectory run;
  private final WorkerLock lock;
  private final StopSignal stop;
  private final InstantSource clock = InstantSource.system();

  Worker(WorkerArguments arguments, WorkerLock lock, StopSignal stop) {
    this.arguments = arguments;
    this.run = arguments.run();
    this.lock = lock;
    this.stop = stop;
  }

  /** Trains until the plan is done or the stop signal is given. */
  Ending train() throws InterruptedException {
    Plan plan = plan();
    plan.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    DatasetWatch watch =
        DatasetWatch.begin(plan.datasets().stream().map(PlannedDataset::dataset).toList());
    Machine.Pinned machine = Machine.pin(run, arguments.threads());
    Libtorch.start(machine.machine().threads());
    new CheckpointPublisher(run.checkpoints()).recover();
    Optional<Checkpoint> from = Checkpoints.toGoOnFrom(run.checkpoints());
    from.ifPresent(checkpoint -> requireSameRun(checkpoint.state(), plan));

    try (TorchTrainee trainee = new TorchTrainee(plan);
        OpenData data = OpenData.of(plan);
        RunJournal journal = new RunJournal(run, clock)) {
      from.ifPresent(trainee::restore);
      Progress progress = from.map(each -> progress(each.state())).orElse(Progress.NONE);
      boolean exact = machine.exact() && from.map(each -> each.state().exact()).orElse(true);
      TrainingJournal log = log(plan, journal);
      from.ifPresent(checkpoint -> new UntoldCheckpoint(run, checkpoint).tell(log));
      log.ready(progress.step(), !exact, plan.facts().parameters());

      CheckpointFiles files =
          new CheckpointFiles(plan, trainee, stamp(machine.machine(), exact), clock);
      CheckpointSaver saver =
          new CheckpointSaver(files, run, lock, watch, journal, log, whole(from));
      TrainingSetup setup =
          new TrainingSetup(
              plan.recipe().spec(),
              trainee,
              data.training(),
              data.heldOut(),
              plan.schedule(),
              plan.optimizer().learningRate(),
              plan.batchSequences(),
              saver,
              log);
      return new TrainingLoop(setup, stepPlan(plan, from), progress, stop, System::nanoTime).run();
    } catch (RuntimeException failure) {
      throw OutOfMemory.recognise(dataFirst(failure, watch), plan);
    }
  }

  /**
   * The failure as it is, or that the data was changed under the training, whatever followed from
   * that: a mapped file that is cut short makes the next read of it an InternalError.
   */
  private static RuntimeException dataFirst(RuntimeException failure, DatasetWatch watch) {
    if (failure instanceof WroughtException known && known.code() == ErrorCode.CORRUPT_FILE) {
      return failure;
    }
    try {
      watch.check();
      return failure;
    } catch (WroughtException changed) {
      changed.addSuppressed(failure);
      return changed;
    }
  }

  private static Set<Path> whole(Optional<Checkpoint> from) {
    return from.map(each -> new HashSet<>(Set.of(each.path()))).orElseGet(HashSet::new);
  }

  private Plan plan() {
    RecipePlugins plugins =
        new RecipePlugins(arguments.plugins(), PluginContext.of(arguments.home()));
    try {
      return new Planner(arguments.home(), plugins)
          .plan(Files.readString(run.recipe()), run.recipe().toString());
    } catch (IOException failure) {
      throw new WroughtException(
          ErrorCode.STORAGE, "cannot read %s: %s".formatted(run.recipe(), failure), failure);
    }
  }

  /** A checkpoint goes with one run, one tokenizer, one data order. */
  private void requireSameRun(TrainerState state, Plan plan) {
    requireSame("run", run.uid(), state.runUid());
    requireSame("tokenizer", plan.tokenizer().digest(), state.tokenizerDigest());
    requireSame("data", describe(CheckpointFiles.datasets(plan)), describe(state.datasets()));
    if (state.epoch() > arguments.epoch()) {
      throw new WroughtException(
          ErrorCode.LOCKED,
          "the newest checkpoint is of start %d, and this is start %d"
              .formatted(state.epoch(), arguments.epoch()));
    }
  }

  private static String describe(List<WeightedDataset> datasets) {
    return datasets.stream()
        .map(each -> "%s (weight %s)".formatted(each.dataset(), each.weight()))
        .collect(Collectors.joining(", "));
  }

  private static void requireSame(String what, String ours, String theirs) {
    if (!ours.equals(theirs)) {
      throw new WroughtException(
          ErrorCode.DIGEST_MISMATCH,
          "the newest checkpoint was made with the %s %s, and this start has %s; a run goes on only with what it began with: put that back, or submit a new run"
              .formatted(what, theirs, ours));
    }
  }

  private static Progress progress(TrainerState state) {
    return new Progress(
        state.step(),
        state.samples(),
        state.totalTokens(),
        state.firstLoss(),
        state.loss(),
        state.validationLoss(),
        state.learningRate(),
        state.trainingSeconds());
  }

  private static StepPlan stepPlan(Plan plan, Optional<Checkpoint> from) {
    int planned = from.map(each -> each.state().plannedSteps()).orElse(0);
    return planned > 0
        ? StepPlan.fixed(planned)
        : Planner.stepPlan(plan.recipe().spec(), plan.facts().parameters());
  }

  private TrainingJournal log(Plan plan, RunJournal journal) throws InterruptedException {
    RunRef ref =
        RunRef.newBuilder()
            .setRunUid(run.uid())
            .setRun(arguments.name())
            .setEpoch(arguments.epoch())
            .build();
    return new TrainingJournal(
        journal,
        ref,
        plan.facts().flopsPerToken(),
        PeakFlops.measure(plan.recipe().spec().precision(), Libtorch.threads()));
  }

  private CheckpointFiles.Stamp stamp(Machine machine, boolean exact) {
    return new CheckpointFiles.Stamp(
        run.uid(), arguments.name(), arguments.epoch(), machine, exact);
  }
}
