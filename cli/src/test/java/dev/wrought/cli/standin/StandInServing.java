package dev.wrought.cli.standin;

import dev.wrought.proto.serving.v1.GenerateEnd;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.proto.serving.v1.GenerateResponse;
import dev.wrought.proto.serving.v1.ServingServiceGrpc.ServingServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes the same four tokens after every prompt, one of them with an escape sequence in it. */
public final class StandInServing extends ServingServiceImplBase {
  /** Its pieces; a terminal must never see the third as it is. */
  public static final List<String> TEXT = List.of("Foo {\n", "  int bar", "\u001b[2J", "; }\n");

  private final List<GenerateRequest> asked = Collections.synchronizedList(new ArrayList<>());

  /** Every request so far. */
  public List<GenerateRequest> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void generate(GenerateRequest request, StreamObserver<GenerateResponse> answer) {
    asked.add(request);
    for (int i = 0; i < TEXT.size(); i++) {
      answer.onNext(GenerateResponse.newBuilder().setText(TEXT.get(i)).addIds(i).build());
    }
    answer.onNext(
        GenerateResponse.newBuilder()
            .setEnd(
                GenerateEnd.newBuilder()
                    .setFinishReason("length")
                    .setPromptTokens(2)
                    .setCompletionTokens(TEXT.size())
                    .setSeed(1)
                    .setCompletionSeconds(0.5))
            .build());
    answer.onCompleted();
  }
}
