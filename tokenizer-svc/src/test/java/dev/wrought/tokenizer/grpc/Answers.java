package dev.wrought.tokenizer.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a stream answers. */
final class Answers<M> implements StreamObserver<M> {
  private final List<M> messages = new CopyOnWriteArrayList<>();
  private final CompletableFuture<List<M>> end = new CompletableFuture<>();

  @Override
  public void onNext(M message) {
    messages.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    end.complete(messages);
  }

  /** All of them, when the stream has ended. @throws StatusRuntimeException how it failed */
  List<M> all() {
    try {
      return end.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof StatusRuntimeException status ? status : failure;
    }
  }
}
