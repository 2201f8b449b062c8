package dev.wrought.serving.engine;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.model.Attention;
import dev.wrought.core.model.FeedForward;
import dev.wrought.core.model.ModelConfig;
import dev.wrought.core.model.Norm;
import dev.wrought.core.model.Position;
import dev.wrought.serving.kernel.ComputePool;
import dev.wrought.serving.kernel.Kernels;
import dev.wrought.serving.kernel.KeyValuePages;
import dev.wrought.serving.kernel.PackedMatrix;
import dev.wrought.serving.kernel.RotaryTable;
import dev.wrought.serving.kernel.Rows;
import dev.wrought.serving.weights.ModelWeights;
import dev.wrought.serving.weights.ModelWeights.Normalisation;
import java.util.List;
import java.util.Optional;

/**
 * The forward pass of a decoder-only transformer over a batch of rows.
 *
 * <p>Legend: R rows of the step, C the residual stream's width, H query heads, G key-value heads, D
 * a head's width, F the feed-forward width, V the vocabulary.
 *
 * <p>A row is computed from its own token and its own sequence's cache, in an order that depends on
 * nothing else: its bits are the same alone, among others, and in chunks of any size. For one
 * thread at a time; the pool's threads share the work of a layer.
 */
public final class Decoder {
  /** The most rows of a step; more would not be faster, and others would wait longer. */
  private static final int MOST_ROWS = 256;

  private static final int FEWEST_ROWS = 16;
  private static final long ACTIVATION_BYTES = 32 << 20;
  private static final int LOGITS = 2 << 20;

  /** Rows that one task multiplies: a multiple of the kernels' six, small enough to share out. */
  private static final int ROWS_A_TASK = 48;

  /** Rows that one task attends with: neighbours read the same keys, which stay in its cache. */
  private static final int QUERIES_A_TASK = 16;

  private final ModelConfig config;
  private final ModelWeights weights;
  private final Kernels kernels;
  private final ComputePool pool;
  private final KeyValuePages pages;
  private final Optional<RotaryTable> rotary;

  private final Rows x; //         [R, C] the residual stream
  private final Rows normed; //    [R, C]
  private final Rows projected; // [R, C] what is added to the stream next
  private final Rows qkv; //       [R, (H + 2G) D]
  private final Rows attended; //  [R, H D]
  private final Rows up; //        [R, F], of gate and up [R, 2F]
  private final Rows activated; // [R, F]
  private final Rows logits; //    [some of R, V]
  private final int logitRows;

  /** Takes the logits of one row; called from several threads at once. */
  @FunctionalInterface
  public interface LogitsVisitor {
    /**
     * @param number which of the wanted rows, in the batch's order
     * @param at where in the array its logits begin; they hold during the call
     */
    void accept(int number, float[] logits, int at);
  }

  /**
   * @param pages the cache, which has the model's shape
   * @param rows the most rows of a batch
   */
  public Decoder(
      ModelWeights weights, Kernels kernels, ComputePool pool, KeyValuePages pages, int rows) {
    this.config = weights.config();
    this.weights = weights;
    this.kernels = kernels;
    this.pool = pool;
    this.pages = pages;
    rotary = rotary(config, rows);
    Attention attention = config.attention();
    x = Rows.allocate(rows, config.width());
    normed = Rows.allocate(rows, config.width());
    projected = Rows.allocate(rows, config.width());
    qkv = Rows.allocate(rows, attention.queryWidth() + 2 * attention.keyValueWidth());
    attended = Rows.allocate(rows, attention.queryWidth());
    up = Rows.allocate(rows, upWidth(config));
    activated = Rows.allocate(rows, config.feedForward().width());
    logitRows = Math.clamp(LOGITS / config.vocabularySize(), 1, rows);
    logits = Rows.allocate(logitRows, config.vocabularySize());
  }

  private static Optional<RotaryTable> rotary(ModelConfig config, int rows) {
    return switch (config.position()) {
      case Position.Learned _ -> Optional.empty();
      case Position.Rotary(double theta) ->
          Optional.of(new RotaryTable(theta, config.attention().headDim(), rows));
    };
  }

  private static int upWidth(ModelConfig config) {
    return switch (config.feedForward()) {
      case FeedForward.Gelu gelu -> gelu.width();
      case FeedForward.SwiGlu swiGlu -> 2 * swiGlu.width();
    };
  }

  /** How many rows a step of this model should have at most, for its buffers to stay small. */
  public static int rowsFor(ModelConfig config) {
    return Math.clamp(ACTIVATION_BYTES / rowBytes(config), FEWEST_ROWS, MOST_ROWS);
  }

  /**
   * Makes sure that even the smallest step's buffers are small, whatever a checkpoint claims to be.
   *
   * @throws WroughtException OUT_OF_MEMORY
   */
  public static void requireFit(ModelConfig config) {
    if (FEWEST_ROWS * rowBytes(config) > ACTIVATION_BYTES || config.vocabularySize() > LOGITS) {
      throw new WroughtException(
          ErrorCode.OUT_OF_MEMORY,
          "the model takes %,d bytes for each token of a step and has a vocabulary of %,d; %,d and %,d are served at most"
              .formatted(
                  rowBytes(config),
                  config.vocabularySize(),
                  ACTIVATION_BYTES / FEWEST_ROWS,
                  LOGITS));
    }
  }

  private static long rowBytes(ModelConfig config) {
    Attention attention = config.attention();
    long floats =
        4L * config.width()
            + 2L * attention.queryWidth()
            + 2L * attention.keyValueWidth()
            + upWidth(config)
            + config.feedForward().width();
    return Float.BYTES * floats;
  }

  /** Computes the rows and leaves their keys and values in the cache. */
  public void forward(Batch batch) {
    embed(batch); //                                                           x [R,C]
    List<ModelWeights.Block> blocks = weights.blocks();
    for (int layer = 0; layer < blocks.size(); layer++) {
      ModelWeights.Block block = blocks.get(layer);
      norm(block.attentionNorm(), batch); //                              normed [R,C]
      multiply(block.queryKeyValue(), normed, qkv, batch.rows()); //  [R, (H + 2G) D]
      remember(batch, layer);
      attend(batch, layer); //                                         attended [R,HD]
      multiply(block.attentionOut(), attended, projected, batch.rows()); //      [R,C]
      addToStream(batch);
      norm(block.feedForwardNorm(), batch);
      multiply(block.up(), normed, up, batch.rows()); //                   [R,F or 2F]
      Rows hidden = activate(batch); //                                          [R,F]
      multiply(block.down(), hidden, projected, batch.rows()); //                [R,C]
      addToStream(batch);
    }
  }

  /** Hands the logits of the wanted rows to the visitor, from the pool's threads. */
  public void logits(Batch batch, LogitsVisitor visitor) {
    for (int first = 0; first < batch.wantedRows(); first += logitRows) {
      int from = first;
      int count = Math.min(logitRows, batch.wantedRows() - from);
      pool.forEach(
          count, i -> norm(weights.finalNorm(), x.at(batch.wantedRow(from + i)), normed.at(i)));
      multiply(weights.head(), normed, logits, count);
      pool.forEach(count, i -> visitor.accept(from + i, logits.values(), logits.at(i)));
    }
  }

  private void embed(Batch batch) {
    pool.forEach(
        batch.rows(),
        row -> {
          weights.tokenEmbedding().copyRow(batch.token(row), x.values(), x.at(row));
          weights
              .positionEmbedding()
              .ifPresent(places -> {
                places.copyRow(batch.position(row), normed.values(), normed.at(row));
                add(normed, row);
              });
          rotary.ifPresent(table -> table.fill(row, batch.position(row)));
        });
  }

  private void norm(Normalisation norm, Batch batch) {
    pool.forEach(batch.rows(), row -> norm(norm, x.at(row), normed.at(row)));
  }

  private void norm(Normalisation norm, int from, int to) {
    float epsilon = (float) config.norm().epsilon();
    switch (config.norm()) {
      case Norm.RmsNorm _ ->
          kernels.rmsNorm(x.values(), from, norm.gain(), epsilon, normed.values(), to);
      case Norm.LayerNorm _ ->
          kernels.layerNorm(
              x.values(), from, norm.gain(), norm.bias(), epsilon, normed.values(), to);
    }
  }

  private void multiply(PackedMatrix matrix, Rows in, Rows out, int rows) {
    int blocks = Math.ceilDiv(rows, ROWS_A_TASK);
    pool.forEach(
        matrix.panels() * blocks,
        task -> {
          int from = task % blocks * ROWS_A_TASK;
          int to = Math.min(from + ROWS_A_TASK, rows);
          kernels.multiply(matrix, task / blocks, in, from, to, out);
        });
  }

  /** Turns queries and keys by their places, and puts keys and values into the cache. */
  private void remember(Batch batch, int layer) {
    List<Batch.Part> parts = batch.parts();
    pool.forEach(
        parts.size(),
        number -> {
          Batch.Part part = parts.get(number);
          for (int row = part.firstRow(); row < part.firstRow() + part.rows(); row++) {
            remember(part.pages(), batch.position(row), layer, row);
          }
        });
  }

  private void remember(int[] pagesOfSequence, int position, int layer, int row) {
    Attention attention = config.attention();
    int at = qkv.at(row);
    int turned = attention.heads() + attention.keyValueHeads();
    rotary.ifPresent(table -> {
      for (int head = 0; head < turned; head++) {
        kernels.rotate(qkv.values(), at + head * attention.headDim(), table, row);
      }
    });
    int keys = at + attention.queryWidth();
    pages.store(
        layer,
        Batch.pageOf(pagesOfSequence, position),
        position % KeyValuePages.PAGE,
        qkv.values(),
        keys,
        qkv.values(),
        keys + attention.keyValueWidth());
  }

  private void attend(Batch batch, int layer) {
    int blocks = Math.ceilDiv(batch.rows(), QUERIES_A_TASK);
    pool.forEach(
        config.attention().keyValueHeads() * blocks,
        task -> {
          int first = task % blocks * QUERIES_A_TASK;
          int end = Math.min(first + QUERIES_A_TASK, batch.rows());
          for (int row = first; row < end; row++) {
            kernels.attend(pages, layer, batch.span(row), task / blocks, qkv, row, attended);
          }
        });
  }

  private void addToStream(Batch batch) {
    pool.forEach(batch.rows(), row -> add(projected, row));
  }

  private void add(Rows rows, int row) {
    kernels.add(rows.values(), rows.at(row), x.values(), x.at(row), config.width());
  }

  /** The activation, and the rows in which its results are. */
  private Rows activate(Batch batch) {
    int width = config.feedForward().width();
    return switch (config.feedForward()) {
      case FeedForward.SwiGlu _ -> {
        pool.forEach(
            batch.rows(),
            row ->
                kernels.swiGlu(
                    up.values(), up.at(row), width, activated.values(), activated.at(row)));
        yield activated;
      }
      case FeedForward.Gelu(_, _, boolean tanh) -> {
        pool.forEach(batch.rows(), row -> gelu(tanh, up.at(row), width));
        yield up;
      }
    };
  }

  private void gelu(boolean tanh, int at, int width) {
    if (tanh) {
      kernels.geluTanh(up.values(), at, width);
    } else {
      kernels.geluExact(up.values(), at, width);
    }
  }
}
