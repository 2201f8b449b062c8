package dev.wrought.eval.benchmark;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.eval.benchmark.RollingWindows.Window;
import dev.wrought.proto.serving.v1.LoadModelRequest;
import dev.wrought.proto.serving.v1.LoadModelResponse;
import dev.wrought.proto.serving.v1.ReleaseModelRequest;
import dev.wrought.proto.serving.v1.ScoreItem;
import dev.wrought.proto.serving.v1.ScoreRequest;
import dev.wrought.proto.serving.v1.ScoreResponse;
import dev.wrought.proto.serving.v1.ScoreResult;
import dev.wrought.proto.serving.v1.ServingServiceGrpc.ServingServiceBlockingStub;
import dev.wrought.proto.serving.v1.TokenIds;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * A checkpoint that serving-svc holds loaded for us until this is closed. When serving-svc is busy
 * (RESOURCE_EXHAUSTED) we wait, for as long as our own caller does; when it does not answer we try
 * a few times more.
 */
final class LeasedModel implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LeasedModel.class);
  private static final int MAX_ITEMS = 32;
  private static final int MAX_TOKENS = 8_192;
  private static final Duration CALL = Duration.ofMinutes(10);
  private static final Duration FAREWELL = Duration.ofSeconds(10);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final int TRIES_WHILE_AWAY = 4;

  private final ServingPeer serving;
  private final Patience patience;
  private final LoadModelResponse loaded;

  private LeasedModel(ServingPeer serving, Patience patience, Path checkpoint) {
    this.serving = serving;
    this.patience = patience;
    LoadModelRequest request =
        LoadModelRequest.newBuilder().setModel(checkpoint.toString()).build();
    this.loaded = call(stub -> stub.loadModel(request));
  }

  /**
   * Asks serving-svc to load a checkpoint.
   *
   * @throws WroughtException UNAVAILABLE where serving-svc does not answer
   * @throws StatusRuntimeException what serving-svc answers
   */
  static LeasedModel load(ServingPeer serving, Patience patience, Path checkpoint) {
    return new LeasedModel(serving, patience, checkpoint);
  }

  /**
   * Makes sure that token ids mean the same to the model.
   *
   * @throws WroughtException DIGEST_MISMATCH
   */
  void requireTokenizer(String digest) {
    String models = loaded.getModel().getTokenizerDigest();
    if (!models.isEmpty() && !models.equals(digest)) {
      throw new WroughtException(
          ErrorCode.DIGEST_MISMATCH,
          "the model's tokenizer is %s, the dataset's is %s: the same ids would be other text"
              .formatted(models, digest));
    }
  }

  /**
   * The summed log-likelihood of documents, in nats.
   *
   * @param prefix the token before every document
   * @param progress told the fraction done
   */
  double logLikelihood(List<int[]> documents, int prefix, DoubleConsumer progress) {
    double sum = 0;
    long done = 0;
    List<List<Window>> batches = batches(documents, prefix, loaded.getModel().getContextLength());
    for (List<Window> batch : batches) {
      sum += logLikelihood(batch);
      progress.accept((double) ++done / batches.size());
    }
    return sum;
  }

  private static List<List<Window>> batches(List<int[]> documents, int prefix, int contextLength) {
    List<List<Window>> batches = new ArrayList<>();
    List<Window> batch = new ArrayList<>();
    int tokens = 0;
    for (int[] document : documents) {
      for (Window window : RollingWindows.of(document, prefix, contextLength)) {
        if (!batch.isEmpty()
            && (batch.size() == MAX_ITEMS || tokens + window.tokens() > MAX_TOKENS)) {
          batches.add(batch);
          batch = new ArrayList<>();
          tokens = 0;
        }
        batch.add(window);
        tokens += window.tokens();
      }
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private double logLikelihood(List<Window> batch) {
    ScoreRequest.Builder request = ScoreRequest.newBuilder().setModel(loaded.getModel().getModel());
    for (Window window : batch) {
      request.addItems(
          ScoreItem.newBuilder()
              .setContext(ids(window.context()))
              .setContinuation(ids(window.continuation())));
    }
    ScoreResponse response = call(stub -> stub.score(request.build()));
    if (response.getResultsCount() != batch.size()) {
      throw new WroughtException(
          ErrorCode.INTERNAL_ERROR,
          "serving-svc scored %d of %d items".formatted(response.getResultsCount(), batch.size()));
    }
    return response.getResultsList().stream().mapToDouble(LeasedModel::logLikelihood).sum();
  }

  private static double logLikelihood(ScoreResult result) {
    if (!result.getError().isEmpty()) {
      throw new WroughtException(
          ErrorCode.FAILED_PRECONDITION, "a document cannot be scored: " + result.getError());
    }
    if (!Double.isFinite(result.getLogLikelihood())) {
      throw new WroughtException(
          ErrorCode.NON_FINITE, "the model's log-likelihood of a document is not finite");
    }
    return result.getLogLikelihood();
  }

  private static TokenIds ids(int[] tokens) {
    return TokenIds.newBuilder().addAllIds(() -> Arrays.stream(tokens).iterator()).build();
  }

  private <T> T call(Function<ServingServiceBlockingStub, T> method) {
    Duration wait = FIRST_WAIT;
    int away = 0;
    while (true) {
      patience.check();
      try {
        return method.apply(
            serving.stub().withDeadlineAfter(CALL.toMillis(), TimeUnit.MILLISECONDS));
      } catch (StatusRuntimeException failure) {
        switch (failure.getStatus().getCode()) {
          case RESOURCE_EXHAUSTED -> {}
          case UNAVAILABLE -> {
            if (++away == TRIES_WHILE_AWAY) {
              throw absent(failure);
            }
          }
          default -> throw failure;
        }
      }
      patience.pause(wait);
      wait = Duration.ofMillis(Math.min(2 * wait.toMillis(), LONGEST_WAIT.toMillis()));
    }
  }

  private WroughtException absent(StatusRuntimeException failure) {
    return new WroughtException(
        ErrorCode.UNAVAILABLE,
        "serving-svc at %s does not answer (%s): is the platform up?"
            .formatted(serving.address(), failure.getStatus().getDescription()),
        failure);
  }

  @Override
  public void close() {
    ReleaseModelRequest request =
        ReleaseModelRequest.newBuilder().setLease(loaded.getLease()).build();
    try {
      serving
          .stub()
          .withDeadlineAfter(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
          .releaseModel(request);
    } catch (StatusRuntimeException failure) {
      LOG.warnf("The lease %s was not released: %s", loaded.getLease(), failure.getStatus());
    }
  }
}
