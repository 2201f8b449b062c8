package dev.wrought.tokenizer.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;

/** A client that reads everything at once. */
final class QuickReader<M> extends ServerCallStreamObserver<M> {
  private final List<M> received = new ArrayList<>();

  @Override
  public void onNext(M message) {
    received.add(message);
  }

  List<M> received() {
    return received;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onCompleted() {}

  @Override
  public void setOnCancelHandler(Runnable handler) {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void setOnReadyHandler(Runnable handler) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}
