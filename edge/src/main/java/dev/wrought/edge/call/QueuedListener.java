package dev.wrought.edge.call;

import dev.wrought.edge.error.GrpcErrors;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Passes a call's events on through a queue, the request always before its end: the transport holds
 * a message back until the call has begun and asks for it, and does not hold back the end.
 *
 * <p>The events come from one thread, the connection's; they are passed on from the queue's.
 */
final class QueuedListener<Q> extends ServerCall.Listener<Q> {
  private final Executor inTurn;
  private final boolean oneMessage;

  /** Of the queue's tasks only. */
  private ServerCall.Listener<Q> method = new ServerCall.Listener<>() {};

  private boolean messageCame;
  private boolean endIsDue;

  /**
   * @param inTurn runs tasks one after the other
   * @param oneMessage the client sends exactly one message
   */
  QueuedListener(Executor inTurn, boolean oneMessage) {
    this.inTurn = inTurn;
    this.oneMessage = oneMessage;
  }

  /**
   * The first task.
   *
   * @param start begins the call
   * @param close ends a call that could not begin
   */
  void begin(Supplier<ServerCall.Listener<Q>> start, BiConsumer<Status, Metadata> close) {
    inTurn.execute(() -> {
      try {
        method = start.get();
      } catch (RuntimeException failure) {
        StatusRuntimeException told = GrpcErrors.toStatus(failure);
        close.accept(
            told.getStatus(), Objects.requireNonNullElseGet(told.getTrailers(), Metadata::new));
      }
    });
  }

  @Override
  public void onMessage(Q message) {
    messageCame = true;
    inTurn.execute(() -> method.onMessage(message));
    if (endIsDue) {
      endIsDue = false;
      inTurn.execute(() -> method.onHalfClose());
    }
  }

  @Override
  public void onHalfClose() {
    if (oneMessage && !messageCame) {
      endIsDue = true;
    } else {
      inTurn.execute(() -> method.onHalfClose());
    }
  }

  @Override
  public void onCancel() {
    inTurn.execute(() -> method.onCancel());
  }

  @Override
  public void onComplete() {
    inTurn.execute(() -> method.onComplete());
  }

  @Override
  public void onReady() {
    inTurn.execute(() -> method.onReady());
  }
}
