package dev.wrought.trainer.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrought.core.checkpoint.Checkpoint;
import dev.wrought.core.checkpoint.TrainerState;
import dev.wrought.core.checkpoint.TrainerState.WeightedDataset;
import dev.wrought.core.tokenizer.TokenizerConfig;
import dev.wrought.trainer.loop.Progress;
import dev.wrought.trainer.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;

/**
 * The files of a checkpoint: a Hugging Face directory, what a resumed run needs, and a card for
 * people.
 */
record CheckpointFiles(Plan plan, TorchTrainee trainee, Stamp stamp, InstantSource clock) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Which start of which run writes, and on what machine. */
  record Stamp(String runUid, String run, int epoch, Machine machine, boolean exact) {}

  void write(Path folder, Progress progress, OptionalInt plannedSteps) throws IOException {
    plan.model().write(folder.resolve(Checkpoint.CONFIGURATION));
    trainee.save(folder);
    Files.copy(plan.tokenizerFile(), folder.resolve(Checkpoint.TOKENIZER)); // keeps its digest
    TokenizerConfig.write(plan.tokenizer(), folder);
    Files.writeString(folder.resolve("generation_config.json"), generation());
    TrainerState state = state(progress, plannedSteps.orElse(0));
    state.write(folder);
    Files.writeString(
        folder.resolve("MODEL_CARD.md"), new ModelCard(plan, state, clock.instant()).text());
  }

  private String generation() {
    int endOfText = plan.tokenizer().endOfTextId();
    ObjectNode node = JSON.createObjectNode();
    node.put("bos_token_id", endOfText).put("eos_token_id", endOfText);
    node.put("pad_token_id", endOfText).put("do_sample", true);
    node.put("temperature", 0.8).put("top_p", 0.95);
    return node.toPrettyString() + "\n";
  }

  private TrainerState state(Progress progress, int plannedSteps) {
    return new TrainerState(
        stamp.runUid(),
        stamp.run(),
        stamp.epoch(),
        progress.step(),
        plannedSteps,
        progress.samples(),
        progress.totalTokens(),
        plan.recipe().spec().seed(),
        progress.samples(), // all chance is drawn from (seed, sample): this is its whole state
        progress.firstLoss(),
        progress.loss(),
        progress.validationLoss(),
        progress.learningRate(),
        plan.tokenizer().digest(),
        datasets(plan),
        stamp.machine().threads(),
        stamp.machine().instructionSet(),
        stamp.exact(),
        progress.seconds());
  }

  /** The data order's sources, pinned by what they hold rather than by where they lie. */
  static List<WeightedDataset> datasets(Plan plan) {
    return plan.datasets().stream()
        .map(each ->
            new WeightedDataset(
                each.dataset().facts().name() + "@" + each.dataset().digest(), each.weight()))
        .toList();
  }
}
