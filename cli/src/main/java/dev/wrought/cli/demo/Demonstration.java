package dev.wrought.cli.demo;

import dev.wrought.cli.client.Services;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.proto.evaluation.v1.HeldOutScore;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.trainer.v1.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Goes from text to a model that writes, on a platform that runs: tokenizer, dataset, training,
 * score, samples. Whatever fails ends it, with the failure of the service that was asked.
 */
public final class Demonstration {
  private final Services services;
  private final Narration narration;
  private final Path home;
  private final Path root;

  /**
   * Nothing is asked yet.
   *
   * @param home the platform's folder
   * @param root the checkout, where the recipe lies
   */
  public Demonstration(Services services, Narration narration, Path home, Path root) {
    this.services = services;
    this.narration = narration;
    this.home = home;
    this.root = root;
  }

  /** Fails on what would fail after minutes of work: no corpus, no recipe. */
  public static void check(DemoOrder order, Path root) {
    DemoCorpus.of(order);
    DemoRecipe.read(root);
  }

  /**
   * Does everything.
   *
   * @param started told of the run as soon as it is one
   */
  public DemoReport run(DemoOrder order, Consumer<Run> started) throws InterruptedException {
    DemoCorpus corpus = DemoCorpus.of(order);
    DemoRecipe recipe = DemoRecipe.read(root);
    MadeBefore before = MadeBefore.in(home);
    TokenizerInfo tokenizer =
        new TokenizerStage(services, narration, before).run(corpus, order.fresh());
    DatasetInfo made =
        new DatasetStage(services, narration, before).run(corpus, tokenizer, order.fresh());
    Dataset dataset = Dataset.open(Path.of(made.getPath()));
    ScoringStage scoring = new ScoringStage(services, narration);
    long heldOutBytes = scoring.room(dataset, order.heldOutBytes());
    Trained trained =
        new TrainingStage(services, narration)
            .run(
                name -> recipe.with(name, reference(tokenizer), reference(made), order.training()),
                started);
    String checkpoint = trained.run().getCheckpoint();
    HeldOutScore score = scoring.run(checkpoint, made.getPath(), heldOutBytes);
    List<String> prompts = corpus.prompts().isEmpty() ? Openings.of(dataset) : corpus.prompts();
    List<Sample> samples = new WritingStage(services, narration).run(checkpoint, prompts);
    return new DemoReport(
        corpus.title(),
        dataset.facts(),
        dataset.folder(),
        trained,
        order.training(),
        score,
        samples);
  }

  private static String reference(TokenizerInfo tokenizer) {
    return tokenizer.getName() + "@" + tokenizer.getDigest();
  }

  private static String reference(DatasetInfo dataset) {
    return dataset.getName() + "@" + dataset.getDigest();
  }
}
