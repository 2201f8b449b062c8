package dev.wrought.serving;

import dev.wrought.serving.engine.Engine;
import dev.wrought.serving.generation.Generation;
import dev.wrought.serving.generation.GenerationSettings;
import dev.wrought.serving.generation.Piece;
import dev.wrought.serving.kernel.ComputePool;
import dev.wrought.serving.kernel.KernelChoice;
import dev.wrought.serving.models.Models;
import dev.wrought.serving.models.ServedModel;
import dev.wrought.serving.sampling.Sampler;
import dev.wrought.serving.sampling.StandardSampler;
import dev.wrought.serving.sampling.StandardSettings;
import dev.wrought.serving.scoring.Item;
import dev.wrought.serving.scoring.ItemScore;
import dev.wrought.serving.scoring.Scoring;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A tiny checkpoint that is loaded and computed for real. */
public final class TinyModel implements AutoCloseable {
  private final ComputePool pool = new ComputePool(2);
  private final Models models;
  private final Models.Use use;

  private TinyModel(Path checkpoint, Engine.Limits limits) {
    models =
        new Models(
            checkpoint,
            new ServedModel.Compute(KernelChoice.kernels(), pool, limits),
            1,
            Clock.systemUTC());
    use = models.use(checkpoint.toString());
  }

  public static TinyModel load(Path checkpoint) {
    return load(checkpoint, new Engine.Limits(16, 64));
  }

  public static TinyModel load(Path checkpoint, Engine.Limits limits) {
    return new TinyModel(checkpoint.toAbsolutePath(), limits);
  }

  public ServedModel model() {
    return use.model();
  }

  public Engine engine() {
    return model().engine();
  }

  /** Random tokens, none of them special. */
  public int[] prompt(int length, long seed) {
    return new SplittableRandom(seed).ints(length, 0, 256).toArray();
  }

  public static Sampler sampler(double temperature) {
    return new StandardSampler(new StandardSettings(temperature, 0, 1));
  }

  /** A text that goes on as long as somebody may read it. */
  public Generation start(GenerationSettings settings, Sampler sampler) {
    return start(settings, sampler, () -> false);
  }

  public Generation start(GenerationSettings settings, Sampler sampler, BooleanSupplier abandoned) {
    Generation generation = new Generation(model().forGeneration(), settings, sampler, abandoned);
    engine().submit(generation);
    return generation;
  }

  public List<ItemScore> score(List<Item> items) throws InterruptedException {
    Scoring scoring =
        new Scoring(items, model().kernels(), model().config().vocabularySize(), () -> false);
    engine().submit(scoring);
    return scoring.await();
  }

  /** A text from its first to its last piece. */
  public record Written(String text, List<Integer> ids, Piece.Ending end) {}

  public static Written readAll(Generation generation) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    List<Integer> ids = new ArrayList<>();
    while (true) {
      Piece piece = generation.take();
      text.append(piece.text());
      ids.addAll(piece.ids());
      if (piece.end().isPresent()) {
        return new Written(text.toString(), ids, piece.end().get());
      }
    }
  }

  /** Waits until something holds; for what another thread is about to do. */
  public static void await(BooleanSupplier condition) {
    for (int tries = 0; !condition.getAsBoolean(); tries++) {
      if (tries > 20_000) {
        throw new AssertionError("waited in vain");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Override
  public void close() {
    use.close();
    models.close();
    pool.close();
  }
}
