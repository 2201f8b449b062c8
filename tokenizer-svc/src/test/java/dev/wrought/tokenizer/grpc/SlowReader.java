package dev.wrought.tokenizer.grpc;

import dev.wrought.proto.tokenizer.v1.EncodeStreamRequest;
import dev.wrought.proto.tokenizer.v1.EncodedText;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client of a stream that takes no answer until it is told to. */
final class SlowReader implements ClientResponseObserver<EncodeStreamRequest, EncodedText> {
  /** So often, 10 ms apart, there has to be no room before it is believed. */
  private static final int GLANCES = 30;

  private final Answers<EncodedText> answers = new Answers<>();
  private @Nullable ClientCallStreamObserver<EncodeStreamRequest> call;

  @Override
  public void beforeStart(ClientCallStreamObserver<EncodeStreamRequest> stream) {
    call = stream;
    stream.disableAutoRequestWithInitial(0);
  }

  private ClientCallStreamObserver<EncodeStreamRequest> call() {
    return Objects.requireNonNull(call);
  }

  /** Whether a text may be sent, now or soon. */
  boolean awaitRoom() {
    for (int glance = 0; glance < GLANCES; glance++) {
      if (call().isReady()) {
        return true;
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
    return false;
  }

  void send(EncodeStreamRequest message) {
    call().onNext(message);
  }

  void end() {
    call().onCompleted();
  }

  /** Takes all that has come and will come. */
  void readAll() {
    call().request(Integer.MAX_VALUE);
  }

  Answers<EncodedText> answers() {
    return answers;
  }

  @Override
  public void onNext(EncodedText message) {
    answers.onNext(message);
  }

  @Override
  public void onError(Throwable failure) {
    answers.onError(failure);
  }

  @Override
  public void onCompleted() {
    answers.onCompleted();
  }
}
