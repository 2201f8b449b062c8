package dev.wrought.benchmarks;

import dev.wrought.core.model.ModelConfig;
import dev.wrought.serving.engine.Batch;
import dev.wrought.serving.engine.Decoder;
import dev.wrought.serving.engine.PagePool;
import dev.wrought.serving.kernel.ComputePool;
import dev.wrought.serving.kernel.KernelChoice;
import dev.wrought.serving.kernel.Kernels;
import dev.wrought.serving.weights.LoadedCheckpoint;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;

/** A model that writes without anything around it: forward pass, logits, the likeliest token. */
final class OwnStep implements AutoCloseable {
  private final LoadedCheckpoint checkpoint;
  private final ModelConfig config;
  private final Kernels kernels = KernelChoice.kernels();
  private final ComputePool pool = new ComputePool(Runtime.getRuntime().availableProcessors());
  private final Arena arena = Arena.ofShared();
  private final PagePool pages;
  private final Decoder decoder;
  private final Batch batch;
  private int likeliest;

  private OwnStep(LoadedCheckpoint checkpoint) {
    this.checkpoint = checkpoint;
    config = checkpoint.weights().config();
    int rows = Decoder.rowsFor(config);
    pages = new PagePool(arena, config, 1);
    decoder = new Decoder(checkpoint.weights(), kernels, pool, pages.pages(), rows);
    batch = new Batch(rows);
  }

  static OwnStep load(Path checkpoint) {
    return new OwnStep(LoadedCheckpoint.read(checkpoint));
  }

  /** Writes a text. @return the seconds between its first and its last token, for each token */
  double secondsPerToken(int[] prompt, int count) {
    int[] tokens = Arrays.copyOf(prompt, prompt.length + count);
    int[] own = pages.take(tokens.length).orElseThrow();
    tokens[prompt.length] = next(own, tokens, 0, prompt.length);
    long start = System.nanoTime();
    for (int size = prompt.length + 1; size < tokens.length; size++) {
      tokens[size] = next(own, tokens, size - 1, 1);
    }
    pages.giveBack(own);
    return (System.nanoTime() - start) / 1e9 / (count - 1);
  }

  private int next(int[] own, int[] tokens, int first, int count) {
    batch.clear();
    batch.add(own, place -> tokens[place], first, count, first + count - 1);
    decoder.forward(batch);
    decoder.logits(
        batch,
        (row, logits, at) -> likeliest = kernels.argMax(logits, at, config.vocabularySize()));
    return likeliest;
  }

  @Override
  public void close() {
    pool.close();
    arena.close();
    checkpoint.close();
  }
}
