package dev.wrought.edge.error;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A service that refuses what is no message of its methods, such as a string that is not UTF-8. The
 * transport loses a message that it cannot read, and never answers the call: so here reading never
 * fails, and what could not be read is told to the method in its place.
 */
public final class ReadableMessages {
  private ReadableMessages() {}

  /** The same service, for which every message can be read. */
  public static ServerServiceDefinition of(ServerServiceDefinition service) {
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    service.getMethods().forEach(method -> methods.add(readable(method)));
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder result = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(result::addMethod);
    return result.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> readable(ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
    Reading<Q> reading = new Reading<>(descriptor.getRequestMarshaller());
    return ServerMethodDefinition.create(
        descriptor.toBuilder(reading, descriptor.getResponseMarshaller()).build(),
        reading.telling(method.getServerCallHandler()));
  }

  /** Reads messages; {@code unreadable} stands for what is none. */
  private static final class Reading<Q> implements Marshaller<Q> {
    private final Marshaller<Q> strict;
    private final Q unreadable;

    Reading(Marshaller<Q> strict) {
      this.strict = strict;
      this.unreadable = strict.parse(new ByteArrayInputStream(new byte[0]));
    }

    @Override
    public InputStream stream(Q message) {
      return strict.stream(message);
    }

    @Override
    public Q parse(InputStream stream) {
      try {
        return strict.parse(stream);
      } catch (StatusRuntimeException noMessage) {
        return unreadable;
      }
    }

    <R> ServerCallHandler<Q, R> telling(ServerCallHandler<Q, R> method) {
      return (call, headers) -> new Telling<>(method.startCall(call, headers), call, unreadable);
    }
  }

  private static final class Telling<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private final Q unreadable;

    Telling(ServerCall.Listener<Q> method, ServerCall<Q, ?> call, Q unreadable) {
      super(method);
      this.call = call;
      this.unreadable = unreadable;
    }

    @Override
    public void onMessage(Q message) {
      if (message == unreadable) {
        throw new WroughtException(
            ErrorCode.INVALID_ARGUMENT,
            "what was sent is no message of %s: it is damaged, or a string in it is not UTF-8 (bytes may be anything)"
                .formatted(call.getMethodDescriptor().getFullMethodName()));
      }
      super.onMessage(message);
    }
  }
}
