package dev.wrought.trainer.worker;

import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.recipe.RecipeSpec;
import dev.wrought.trainer.loader.DataSource;
import dev.wrought.trainer.loader.HeldOutData;
import dev.wrought.trainer.loader.Packing;
import dev.wrought.trainer.loader.TrainingData;
import dev.wrought.trainer.loader.WeightedObjective;
import dev.wrought.trainer.plan.Plan;
import dev.wrought.trainer.plan.Plan.PlannedDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A plan's datasets, opened.
 *
 * @param shards what is mapped, and is unmapped by {@link #close}
 */
record OpenData(TrainingData training, List<HeldOutData> heldOut, List<TokenShards> shards)
    implements AutoCloseable {

  static OpenData of(Plan plan) {
    List<TokenShards> opened = new ArrayList<>();
    try {
      Packing packing = packing(plan);
      List<DataSource> sources = new ArrayList<>();
      for (PlannedDataset each : plan.datasets()) {
        TokenShards train = each.dataset().train();
        opened.add(train);
        sources.add(new DataSource(each.reference(), train, each.weight()));
      }
      RecipeSpec spec = plan.recipe().spec();
      return new OpenData(
          new TrainingData(sources, objectives(plan), spec.seed(), packing),
          plan.datasets().stream()
              .map(each -> heldOut(each, plan, packing))
              .filter(data -> !data.batches().isEmpty())
              .toList(),
          opened);
    } catch (RuntimeException failure) {
      opened.forEach(TokenShards::close);
      throw failure;
    }
  }

  private static Packing packing(Plan plan) {
    boolean across = plan.recipe().spec().data().packing().crossDocumentAttention();
    return new Packing(
        plan.model().contextLength(),
        across ? OptionalInt.empty() : OptionalInt.of(plan.tokenizer().endOfTextId()));
  }

  private static List<WeightedObjective> objectives(Plan plan) {
    var mixture = plan.recipe().spec().objective().mixture();
    return IntStream.range(0, mixture.size())
        .mapToObj(i -> new WeightedObjective(plan.objectives().get(i), mixture.get(i).weight()))
        .toList();
  }

  /** Read once and kept: the split is unmapped again at once. */
  private static HeldOutData heldOut(PlannedDataset dataset, Plan plan, Packing packing) {
    RecipeSpec spec = plan.recipe().spec();
    try (TokenShards validation = dataset.dataset().validation()) {
      return HeldOutData.read(
          dataset.reference(),
          validation,
          plan.tokenizer(),
          new HeldOutData.Size(
              spec.validation().tokens(), spec.batch().microBatchSequences(), packing));
    }
  }

  @Override
  public void close() {
    shards.forEach(TokenShards::close);
  }
}
