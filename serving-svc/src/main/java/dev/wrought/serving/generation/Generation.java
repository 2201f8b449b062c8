package dev.wrought.serving.generation;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.serving.engine.Job;
import dev.wrought.serving.engine.Sequence;
import dev.wrought.serving.generation.Piece.Ending;
import dev.wrought.serving.generation.Piece.Reason;
import dev.wrought.serving.kernel.Kernels;
import dev.wrought.serving.sampling.Logits;
import dev.wrought.serving.sampling.Sampler;
import dev.wrought.serving.sampling.TokenHistory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * A text being written. The engine computes and samples it token by token; a reader takes it piece
 * by piece with {@link #take}. When so many pieces are unread, writing pauses until the reader has
 * caught up; others are not held up by that.
 */
public final class Generation implements Job, Sequence, TokenHistory {
  private static final int MOST_UNREAD = 64;
  private static final int FIRST_ROOM = 64;

  private final Model model;
  private final GenerationSettings settings;
  private final Sampler sampler;
  private final BooleanSupplier abandoned;
  private final RandomGenerator random;
  private final TextStream text;
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final long submitted = System.nanoTime();
  private final int capacity;
  private int[] tokens;
  private int size;
  private boolean handedOut;
  private int sampled;
  private double logLikelihood;
  private long firstToken;

  /**
   * What a text is written with.
   *
   * @param vocabularySize of the model, whose rows of logits have this length
   * @param contextLength the most tokens that the model sees at once
   * @param endOfText the token that ends a text, if the tokenizer has one
   */
  public record Model(
      Tokenizer tokenizer,
      Kernels kernels,
      int vocabularySize,
      int contextLength,
      OptionalInt endOfText) {}

  /** What the reader finds in the queue. */
  private sealed interface Outcome {
    record Written(Piece piece) implements Outcome {}

    record Failed(RuntimeException failure) implements Outcome {}
  }

  /**
   * @param abandoned asked before every token: whether the reader is gone
   * @throws WroughtException INVALID_ARGUMENT for a prompt longer than the context, or with a token
   *     that does not exist
   */
  public Generation(
      Model model, GenerationSettings settings, Sampler sampler, BooleanSupplier abandoned) {
    this.model = model;
    this.settings = settings;
    this.sampler = sampler;
    this.abandoned = abandoned;
    random = new SplittableRandom(settings.seed());
    text = new TextStream(settings.stop());
    size = settings.prompt().length;
    checkPrompt();
    // The last token that is written need not be computed with.
    int most = model.contextLength() - size + 1;
    capacity = size + Math.min(settings.maxTokens(), most);
    tokens = settings.prompt().clone();
  }

  private void checkPrompt() {
    if (size > model.contextLength()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "the prompt has %,d tokens, and the model's context is %,d: shorten it"
              .formatted(size, model.contextLength()));
    }
    for (int id : settings.prompt()) {
      if (id < 0 || id >= model.vocabularySize()) {
        throw new WroughtException(
            ErrorCode.INVALID_ARGUMENT,
            "prompt_ids has the token %d; ids are 0 to %d"
                .formatted(id, model.vocabularySize() - 1));
      }
    }
  }

  /**
   * Waits for the next piece of the text: mostly a token's. The last one has its end.
   *
   * @throws RuntimeException what ended the text before its time
   */
  public Piece take() throws InterruptedException {
    return switch (outcomes.take()) {
      case Outcome.Written(Piece piece) -> piece;
      case Outcome.Failed(RuntimeException failure) -> throw failure;
    };
  }

  /** Sum of the log-probabilities of the tokens written, in nats; final once the text has ended. */
  public double logLikelihood() {
    return logLikelihood;
  }

  @Override
  public Optional<Sequence> next() {
    boolean first = !handedOut;
    handedOut = true;
    return first ? Optional.of(this) : Optional.empty();
  }

  @Override
  public boolean urgent() {
    return true;
  }

  @Override
  public boolean abandoned() {
    return abandoned.getAsBoolean();
  }

  @Override
  public void end(Optional<RuntimeException> failure) {
    failure.ifPresent(known -> outcomes.add(new Outcome.Failed(known)));
  }

  /** The last token is only written. */
  @Override
  public int reserved() {
    return capacity - 1;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int token(int place) {
    return tokens[place];
  }

  @Override
  public int get(int place) {
    if (place >= size) {
      throw new IndexOutOfBoundsException("place %d of %d tokens".formatted(place, size));
    }
    return tokens[place];
  }

  @Override
  public int promptSize() {
    return settings.prompt().length;
  }

  @Override
  public int firstWanted() {
    return size - 1;
  }

  @Override
  public boolean ready() {
    return outcomes.size() < MOST_UNREAD;
  }

  @Override
  public void accept(int place, float[] values, int at) {
    double all = model.kernels().logSumExp(values, at, model.vocabularySize());
    if (!Double.isFinite(all)) {
      throw new WroughtException(
          ErrorCode.NON_FINITE,
          "the model's logits are not finite at token %d: its training diverged, or its weights are damaged"
              .formatted(place));
    }
    // Rows of the embedding beyond the tokenizer's vocabulary are padding.
    int known = Math.min(model.vocabularySize(), model.tokenizer().vocabularySize());
    sampled = sample(new ArrayLogits(model.kernels(), values, at, known));
    logLikelihood += values[at + sampled] - all;
  }

  private int sample(Logits logits) {
    int id;
    try {
      id = sampler.sample(logits, this, random);
    } catch (RuntimeException | LinkageError failure) {
      throw new WroughtException(
          ErrorCode.INVALID_PLUGIN, "the sampler failed: " + failure, failure);
    }
    if (id < 0 || id >= logits.size()) {
      throw new WroughtException(
          ErrorCode.INVALID_PLUGIN,
          "the sampler chose the token %d; ids are 0 to %d".formatted(id, logits.size() - 1));
    }
    return id;
  }

  @Override
  public boolean advance() {
    if (firstToken == 0) {
      firstToken = System.nanoTime();
    }
    if (model.endOfText().isPresent() && sampled == model.endOfText().getAsInt()) {
      finish(Reason.STOP);
      return false;
    }
    append(sampled);
    write(text.add(sampled, model.tokenizer().bytesOf(sampled)));
    if (text.stopped() || size == capacity) {
      finish(text.stopped() ? Reason.STOP : Reason.LENGTH);
      return false;
    }
    return true;
  }

  /** The room grows with the text, which mostly ends long before it may. */
  private void append(int token) {
    if (size == tokens.length) {
      tokens = Arrays.copyOf(tokens, Math.min(capacity, 2 * size + FIRST_ROOM));
    }
    tokens[size++] = token;
  }

  private void write(TextStream.Chunk chunk) {
    if (!chunk.text().isEmpty() || !chunk.ids().isEmpty()) {
      outcomes.add(new Outcome.Written(new Piece(chunk.text(), chunk.ids(), Optional.empty())));
    }
  }

  private void finish(Reason reason) {
    TextStream.Chunk rest = text.end();
    Ending ending =
        new Ending(
            text.stopped() ? Reason.STOP : reason,
            promptSize(),
            size - promptSize(),
            (firstToken - submitted) / 1e9,
            (System.nanoTime() - firstToken) / 1e9);
    outcomes.add(
        new Outcome.Written(new Piece(rest.text(), List.copyOf(rest.ids()), Optional.of(ending))));
  }
}
