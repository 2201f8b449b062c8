package dev.wrought.benchmarks.platform;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client that knows a port and nothing else, like grpcurl: what the server offers it asks the
 * server, by {@code grpc.reflection.v1}. Requests and responses are JSON.
 */
final class ReflectiveClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final ManagedChannel channel;

  ReflectiveClient(int port) {
    channel = OkHttpChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  /** Full names of the services. */
  List<String> services() {
    ServerReflectionRequest request =
        ServerReflectionRequest.newBuilder().setListServices("").build();
    return ask(request).getListServicesResponse().getServiceList().stream()
        .map(ServiceResponse::getName)
        .toList();
  }

  /** Calls a method with one request, and reads its responses as they come. */
  Iterator<DynamicMessage> call(String service, String method, String json) throws Exception {
    com.google.protobuf.Descriptors.MethodDescriptor known =
        file(service).findServiceByName(simple(service)).findMethodByName(method);
    MethodDescriptor<DynamicMessage, DynamicMessage> wire =
        MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
            .setRequestMarshaller(marshaller(known.getInputType()))
            .setResponseMarshaller(marshaller(known.getOutputType()))
            .build();
    DynamicMessage.Builder request = DynamicMessage.newBuilder(known.getInputType());
    JsonFormat.parser().merge(json, request);
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return ClientCalls.blockingServerStreamingCall(channel, wire, options, request.build());
  }

  private static String simple(String service) {
    return service.substring(service.lastIndexOf('.') + 1);
  }

  private static MethodDescriptor.Marshaller<DynamicMessage> marshaller(Descriptor type) {
    return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
  }

  private FileDescriptor file(String service)
      throws InvalidProtocolBufferException, DescriptorValidationException {
    ServerReflectionRequest request =
        ServerReflectionRequest.newBuilder().setFileContainingSymbol(service).build();
    return build(request);
  }

  /** A file with all that it imports, each asked for by name. */
  private FileDescriptor build(ServerReflectionRequest request)
      throws InvalidProtocolBufferException, DescriptorValidationException {
    FileDescriptorProto proto =
        FileDescriptorProto.parseFrom(
            ask(request).getFileDescriptorResponse().getFileDescriptorProto(0));
    List<FileDescriptor> imports = new ArrayList<>();
    for (String name : proto.getDependencyList()) {
      imports.add(build(ServerReflectionRequest.newBuilder().setFileByFilename(name).build()));
    }
    return FileDescriptor.buildFrom(proto, imports.toArray(FileDescriptor[]::new));
  }

  private ServerReflectionResponse ask(ServerReflectionRequest request) {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(channel)
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(new IllegalStateException("no answer"));
                  }
                });
    questions.onNext(request);
    questions.onCompleted();
    return answer.join();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
