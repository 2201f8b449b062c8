package dev.wrought.edge.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class QueuedListenerTest {
  private static final BiConsumer<Status, Metadata> NOT_CLOSED =
      (status, trailers) -> {
        throw new AssertionError(status.toString());
      };

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void end_thatComesBeforeTheRequest_isPassedOnBehindIt() {
    QueuedListener<String> listener = new QueuedListener<>(tasks::add, true);
    listener.begin(Recorder::new, NOT_CLOSED);
    listener.onHalfClose();
    listener.onMessage("request");
    run();
    assertEquals(List.of("request", "end"), told);
  }

  @Test
  void events_beforeTheCallHasBegun_areKeptInOrder() {
    QueuedListener<String> listener = new QueuedListener<>(tasks::add, true);
    listener.begin(Recorder::new, NOT_CLOSED);
    listener.onReady();
    listener.onMessage("request");
    listener.onHalfClose();
    listener.onCancel();
    listener.onComplete();
    assertEquals(List.of(), told);
    run();
    assertEquals(List.of("ready", "request", "end", "cancel", "complete"), told);
  }

  @Test
  void end_ofAClientStreamWithoutMessages_isPassedOn() {
    QueuedListener<String> listener = new QueuedListener<>(tasks::add, false);
    listener.begin(Recorder::new, NOT_CLOSED);
    listener.onHalfClose();
    run();
    assertEquals(List.of("end"), told);
  }

  @Test
  void call_thatCannotBegin_isClosedWithAReferenceAndWithoutTheCause() {
    QueuedListener<String> listener = new QueuedListener<>(tasks::add, true);
    listener.begin(
        () -> {
          throw new IllegalStateException("secret");
        },
        (status, trailers) -> told.add(status.getCode() + " " + status.getDescription()));
    listener.onMessage("request");
    run();
    assertEquals(1, told.size(), told.toString());
    assertEquals(-1, told.getFirst().indexOf("secret"), told.toString());
    assertEquals(0, told.getFirst().indexOf("INTERNAL an unexpected failure"), told.toString());
  }

  @Test
  void call_thatCannotBegin_isClosedWithTheFailuresDetails() {
    QueuedListener<String> listener = new QueuedListener<>(tasks::add, true);
    listener.begin(
        () -> {
          throw new WroughtException(ErrorCode.OVERLOADED, "later");
        },
        (status, trailers) -> {
          com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
          told.add(details.getMessage());
          details.getDetailsList().forEach(each -> told.add(reason(each)));
        });
    run();
    assertEquals(List.of("later", "OVERLOADED"), told);
  }

  private static String reason(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class).getReason();
    } catch (InvalidProtocolBufferException other) {
      throw new AssertionError(detail.getTypeUrl(), other);
    }
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private final class Recorder extends ServerCall.Listener<String> {
    @Override
    public void onMessage(String message) {
      told.add(message);
    }

    @Override
    public void onHalfClose() {
      told.add("end");
    }

    @Override
    public void onCancel() {
      told.add("cancel");
    }

    @Override
    public void onComplete() {
      told.add("complete");
    }

    @Override
    public void onReady() {
      told.add("ready");
    }
  }
}
