package dev.wrought.trainer.plan;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.WindowOrder;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.SpecialIds;
import dev.wrought.core.recipe.DataSpec;
import dev.wrought.core.recipe.GuardSpec;
import dev.wrought.core.recipe.Precision;
import dev.wrought.core.recipe.Recipe;
import dev.wrought.core.recipe.RecipeReader;
import dev.wrought.core.recipe.RecipeSpec;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.torch.aten.Libtorch;
import dev.wrought.trainer.loop.StepPlan;
import dev.wrought.trainer.plan.Plan.PlannedDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Turns recipes into plans. Nothing is written. Thread-safe. */
public final class Planner {
  private final Artifacts artifacts;
  private final RecipePlugins plugins;

  public Planner(Path home, RecipePlugins plugins) {
    this.artifacts = new Artifacts(home);
    this.plugins = plugins;
  }

  /**
   * The plan of a recipe.
   *
   * @param origin what problems call the text: a file's name
   * @throws WroughtException INVALID_RECIPE and its kin, listing every problem
   */
  public Plan plan(String recipeYaml, String origin) {
    Recipe recipe = RecipeReader.read(recipeYaml, origin, plugins);
    RecipeSpec spec = recipe.spec();
    Findings findings = new Findings();

    List<Artifact> tokenizers = new ArrayList<>();
    List<PlannedDataset> datasets = new ArrayList<>();
    findings.note(
        "spec.tokenizer",
        () -> tokenizers.add(artifacts.resolve(ArtifactKind.TOKENIZER, spec.tokenizer())));
    for (DataSpec.Source source : spec.data().mixture()) {
      findings.note("spec.data.mixture", () -> datasets.add(dataset(source)));
    }
    findings.throwIfAny();

    Artifact tokenizerArtifact = tokenizers.getFirst();
    Tokenizer tokenizer = TokenizerJson.read(tokenizerArtifact.file());
    ModelConfig model = model(spec, tokenizer);
    for (PlannedDataset dataset : datasets) {
      findings.note("spec.data.mixture", () -> checkTokenizer(dataset, spec, tokenizer));
      findings.note("spec.data.mixture", () -> checkLength(dataset, model));
    }
    findings.throwIfAny();

    Recipe pinned = pinned(recipe, reference(spec.tokenizer(), tokenizerArtifact), datasets);
    OptimizerSettings optimizer = plugins.optimizer(spec.optimizer());
    MemoryEstimate memory =
        new MemoryEstimate(
            model, optimizer, pinned.spec().precision(), spec.batch().microBatchSequences());
    ModelFacts facts = facts(spec, model, memory);
    return new Plan(
        pinned,
        model,
        tokenizer,
        tokenizerArtifact.file(),
        datasets,
        spec.objective().mixture().stream()
            .map(each -> plugins.objective(each.objective(), tokenizer))
            .toList(),
        plugins.schedule(spec.schedule()),
        optimizer,
        facts,
        warnings(pinned.spec(), memory));
  }

  private PlannedDataset dataset(DataSpec.Source source) {
    Artifact artifact = artifacts.resolve(ArtifactKind.DATASET, source.dataset());
    return new PlannedDataset(
        reference(source.dataset(), artifact), Dataset.open(artifact.folder()), source.weight());
  }

  /** What was found under a name, pinned to what the name means now. */
  private static String reference(String asked, Artifact found) {
    return found.digest().map(digest -> found.name() + "@" + digest).orElse(asked);
  }

  private static ModelConfig model(RecipeSpec spec, Tokenizer tokenizer) {
    return spec.model()
        .resolve(tokenizer.vocabularySize())
        .withSpecialIds(SpecialIds.endOfText(tokenizer.endOfTextId()));
  }

  private static void checkTokenizer(PlannedDataset dataset, RecipeSpec spec, Tokenizer tokenizer) {
    String made = dataset.dataset().facts().tokenizer().digest();
    if (!made.equals(tokenizer.digest())) {
      throw new WroughtException(
          ErrorCode.DIGEST_MISMATCH,
          "the dataset %s was made with the tokenizer %s@%s, and the recipe names %s, which is %s; name that one, or build the dataset again"
              .formatted(
                  dataset.reference(),
                  dataset.dataset().facts().tokenizer().name(),
                  made,
                  spec.tokenizer(),
                  tokenizer.digest()));
    }
  }

  private static void checkLength(PlannedDataset dataset, ModelConfig model) {
    long tokens = dataset.dataset().facts().train().tokens();
    if (WindowOrder.windowsIn(tokens, model.contextLength()) < 1) {
      throw new WroughtException(
          ErrorCode.INVALID_DATA,
          "the dataset %s has %d training tokens; one sequence of contextLength %d needs %d"
              .formatted(
                  dataset.reference(), tokens, model.contextLength(), model.contextLength() + 1));
    }
  }

  private static ModelFacts facts(RecipeSpec spec, ModelConfig model, MemoryEstimate memory) {
    return new ModelFacts(
        model.parameterCount(),
        model.flopsPerToken(model.contextLength()),
        memory.peakBytes(),
        memory.checkpointBytes(),
        spec.batch().tokens(),
        stepPlan(spec, model.parameterCount()).planned().orElse(0));
  }

  /** How many steps a recipe's duration comes to; held-out measurements are reckoned with. */
  public static StepPlan stepPlan(RecipeSpec spec, long parameters) {
    double validationPerStep =
        (double) spec.validation().tokens()
            / ((double) spec.validation().everySteps() * spec.batch().tokens());
    double forwardShare = 1.0 / 3; // the way back costs twice the way forward
    return StepPlan.of(
        spec.duration(), spec.batch().tokens(), parameters, forwardShare * validationPerStep);
  }

  private static List<String> warnings(RecipeSpec spec, MemoryEstimate memory) {
    List<String> warnings = new ArrayList<>();
    long machine = MemoryEstimate.machineBytes();
    if (memory.peakBytes() > machine) {
      warnings.add(
          "spec.batch.microBatchSequences: training needs about %,d MB and this machine has %,d MB; %d would fit better"
              .formatted(
                  memory.peakBytes() >> 20, machine >> 20, memory.fittingSequences(machine)));
    }
    if (spec.precision() == Precision.BF16 && !Libtorch.computesBfloat16()) {
      warnings.add(
          "spec.precision: this processor has no bf16 arithmetic, and imitates it many times slower than it computes fp32; auto takes the faster one");
    }
    if (spec.guard().spike() == GuardSpec.Spike.REWIND_AND_SKIP) {
      warnings.add("spec.guard.spike: rewind-and-skip is not built yet; spikes are let pass");
    }
    if (spec.guard().nonFinite() == GuardSpec.NonFinite.REWIND_AND_SKIP) {
      warnings.add("spec.guard.nonFinite: rewind-and-skip is not built yet; the run will stop");
    }
    if (spec.workers().count() > 1 || spec.workers().gpus() > 0) {
      warnings.add("spec.workers: one worker without GPUs is started; more are not built yet");
    }
    if (!spec.evaluation().tasks().isEmpty()) {
      warnings.add(
          "spec.evaluation.tasks: benchmarks are not built yet; checkpoints are measured on held-out text only");
    }
    return warnings;
  }

  private static Precision precision(RecipeSpec spec) {
    return switch (spec.precision()) {
      case AUTO -> Libtorch.computesBfloat16() ? Precision.BF16 : Precision.FP32;
      case FP32, BF16 -> spec.precision();
    };
  }

  private static Recipe pinned(Recipe recipe, String tokenizer, List<PlannedDataset> datasets) {
    RecipeSpec spec = recipe.spec();
    DataSpec data =
        new DataSpec(
            datasets.stream()
                .map(each -> new DataSpec.Source(each.reference(), each.weight()))
                .toList(),
            spec.data().packing());
    return new Recipe(
        recipe.name(),
        recipe.labels(),
        new RecipeSpec(
            spec.model(),
            tokenizer,
            data,
            spec.objective(),
            spec.optimizer(),
            spec.schedule(),
            spec.batch(),
            spec.duration(),
            precision(spec),
            spec.gradientClip(),
            spec.seed(),
            spec.validation(),
            spec.checkpoint(),
            spec.evaluation(),
            spec.guard(),
            spec.workers(),
            spec.suspend()));
  }
}
