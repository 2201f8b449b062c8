package dev.wrought.serving.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.core.artifact.DurableFiles;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.proto.serving.v1.ListModelsRequest;
import dev.wrought.proto.serving.v1.LoadModelRequest;
import dev.wrought.proto.serving.v1.LoadModelResponse;
import dev.wrought.proto.serving.v1.ModelInfo;
import dev.wrought.proto.serving.v1.ReleaseModelRequest;
import dev.wrought.proto.serving.v1.ScoreItem;
import dev.wrought.proto.serving.v1.ScoreRequest;
import dev.wrought.proto.serving.v1.ScoreResponse;
import dev.wrought.proto.serving.v1.ServingServiceGrpc;
import dev.wrought.proto.serving.v1.TokenIds;
import dev.wrought.serving.TinyCheckpoint;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Status;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service as a client meets it. */
@QuarkusTest
@TestProfile(FreshHome.class)
class ServingEndpointIT extends ServingClient {
  private static String tiny = "";

  @BeforeAll
  static void makeCheckpoints() throws IOException {
    DurableFiles.deleteFolder(FreshHome.HOME.resolve("runs"));
    Path run = TinyCheckpoint.run(FreshHome.HOME, "uid", "demo", "2026-01-01T00:00:00Z");
    tiny = TinyCheckpoint.publish(run, "llama", 1).toString();
  }

  @Test
  void loadModel_aRunByName_tellsAllOfItAndHoldsIt() {
    LoadModelResponse loaded =
        service.loadModel(LoadModelRequest.newBuilder().setModel("run:demo").build());
    ModelInfo info = loaded.getModel();
    assertEquals("run:demo", info.getModel());
    assertEquals("llama", info.getArchitecture());
    assertEquals(TinyCheckpoint.CONTEXT, info.getContextLength());
    assertEquals(TinyCheckpoint.tokenizer().vocabularySize(), info.getVocabularySize());
    assertTrue(info.getParameters() > 10_000 && info.getMemoryBytes() > 4 * info.getParameters());
    assertEquals(64, info.getDigest().length());
    assertEquals(64, info.getTokenizerDigest().length());
    assertFalse(info.getKernel().isEmpty());
    assertEquals(1, info.getLeases());
    service.releaseModel(ReleaseModelRequest.newBuilder().setLease(loaded.getLease()).build());
    assertRefused(
        Status.Code.NOT_FOUND,
        "no lease",
        () ->
            service.releaseModel(
                ReleaseModelRequest.newBuilder().setLease(loaded.getLease()).build()));
    assertTrue(
        service.listModels(ListModelsRequest.getDefaultInstance()).getModelsList().stream()
            .anyMatch(listed -> listed.getDigest().equals(info.getDigest())));
  }

  @Test
  void generate_atTemperatureZero_writesWhatScoreFindsLikeliest() {
    Read read = read(tinyRequest(request -> request.setTemperature(0).setMaxTokens(20)));
    assertEquals("length", read.end().getFinishReason());
    assertEquals(20, read.end().getCompletionTokens());
    TokenIds prompt =
        TokenIds.newBuilder()
            .addAllIds(ids(TinyCheckpoint.tokenizer().encode("the smith")))
            .build();
    ScoreResponse score =
        service.score(
            ScoreRequest.newBuilder()
                .setModel(tiny)
                .addItems(
                    ScoreItem.newBuilder()
                        .setContext(prompt)
                        .setContinuation(TokenIds.newBuilder().addAllIds(read.ids())))
                .build());
    assertTrue(score.getResults(0).getGreedy());
    assertEquals(20, score.getResults(0).getTokenLogLikelihoodsCount());
    assertEquals(prompt.getIdsCount(), read.end().getPromptTokens());
  }

  @Test
  void generate_withoutASeed_tellsTheOneThatWritesTheSameAgain() {
    Read first = read(tinyRequest(request -> request.setMaxTokens(30)));
    Read again =
        read(tinyRequest(request -> request.setMaxTokens(30).setSeed(first.end().getSeed())));
    assertEquals(first.text(), again.text());
    assertEquals(first.ids(), again.ids());
  }

  @Test
  void generate_withEcho_repeatsThePromptInFront() {
    Read plain = read(tinyRequest(request -> request.setSeed(1)));
    Read echoed = read(tinyRequest(request -> request.setSeed(1).setEcho(true)));
    assertEquals("the smith" + plain.text(), echoed.text());
    assertEquals(plain.ids(), echoed.ids());
  }

  @Test
  void generate_aStopString_endsBeforeIt() {
    Read plain = read(tinyRequest(request -> request.setSeed(3)));
    String stop = plain.text().substring(8, 11);
    Read stopped = read(tinyRequest(request -> request.setSeed(3).addStop(stop)));
    assertEquals("stop", stopped.end().getFinishReason());
    assertEquals(plain.text().substring(0, plain.text().indexOf(stop)), stopped.text());
  }

  /** FAULTS S4: every refusal names the field, its value and what is allowed. */
  @Test
  void generate_valuesOutOfRange_areRefusedByName() {
    refusedAsInvalid("max_tokens is -1; 0 to", request -> request.setMaxTokens(-1));
    refusedAsInvalid("max_tokens is 78; 0 to 77", request -> request.setMaxTokens(78));
    refusedAsInvalid(
        "max_tokens is 2147483647; 0 to 77", request -> request.setMaxTokens(Integer.MAX_VALUE));
    refusedAsInvalid("temperature is NaN; 0 to 2", request -> request.setTemperature(Float.NaN));
    refusedAsInvalid("temperature is 2.5; 0 to 2", request -> request.setTemperature(2.5f));
    refusedAsInvalid("temperature is -1.0; 0 to 2", request -> request.setTemperature(-1));
    refusedAsInvalid("top_p is 2.0; more than 0", request -> request.setTopP(2));
    refusedAsInvalid("top_p is 0.0; more than 0", request -> request.setTopP(0));
    refusedAsInvalid("top_p is NaN; more than 0", request -> request.setTopP(Float.NaN));
    refusedAsInvalid("top_k is -3; 0 to", request -> request.setTopK(-3));
    refusedAsInvalid("prompt is empty", request -> request.setPrompt(""));
    refusedAsInvalid(
        "prompt_ids is empty", request -> request.setPromptIds(TokenIds.getDefaultInstance()));
    refusedAsInvalid("prompt is empty", GenerateRequest.Builder::clearInput);
    refusedAsInvalid(
        "prompt_ids has the token 100000; ids are 0 to",
        request -> request.setPromptIds(TokenIds.newBuilder().addIds(100_000)));
    refusedAsInvalid("the length of a stop string is 0; 1 to 64", request -> request.addStop(""));
    refusedAsInvalid(
        "the length of a stop string is 65; 1 to 64", request -> request.addStop("x".repeat(65)));
    refusedAsInvalid(
        "the number of stop strings is 17; 0 to 16",
        request -> request.addAllStop(Collections.nCopies(17, "x")));
  }

  /** FAULTS S5. */
  @Test
  void generate_aPromptLongerThanTheContext_isRefusedWithBothNumbers() {
    refusedAsInvalid(
        "the prompt has 78 tokens, and the model's context is 77",
        request ->
            request.setPromptIds(TokenIds.newBuilder().addAllIds(Collections.nCopies(78, 65))));
  }

  @Test
  void generate_withAnUnknownSampler_namesTheKnown() {
    assertRefused(
        Status.Code.NOT_FOUND,
        "standard",
        () -> read(tinyRequest(request -> request.setSampler("standart"))));
    refusedAsInvalid(
        "sampler_config is set", request -> request.setSamplerConfig("{\"temperature\": 1}"));
  }

  /** Min-p leaves nothing but the likeliest token where its bar is as high as that. */
  @Test
  void generate_withADroppedInSampler_writesAsItChooses() {
    Read likeliest = read(tinyRequest(request -> request.setTemperature(0).setMaxTokens(20)));
    Read mine =
        read(
            tinyRequest(request ->
                request.setSampler("mine").setSamplerConfig("{minP: 1}").setMaxTokens(20)));
    assertEquals(likeliest.ids(), mine.ids());
    refusedAsInvalid(
        "did you mean \"minP\"?",
        request -> request.setSampler("mine").setSamplerConfig("{minp: 1}"));
  }

  @Test
  void generate_withAnUnknownModel_namesWhatIsMissing() {
    assertRefused(
        Status.Code.NOT_FOUND,
        "demo",
        () -> read(tinyRequest(request -> request.setModel("run:dmeo"))));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "absolute path",
        () -> read(tinyRequest(request -> request.setModel("somewhere"))));
  }

  /** What is quoted in a refusal, and compared with the known names, is not of any length. */
  @Test
  void names_ofAnyLength_areRefusedUnquoted() {
    String longest = "run:" + "x".repeat(100_000);
    refusedAsInvalid("the length of model is", request -> request.setModel(longest));
    refusedAsInvalid("the length of sampler is", request -> request.setSampler(longest));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "the length of model is",
        () -> service.loadModel(LoadModelRequest.newBuilder().setModel(longest).build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "the length of digest is",
        () ->
            service.loadModel(
                LoadModelRequest.newBuilder().setModel(tiny).setDigest(longest).build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "the length of model is",
        () -> service.score(ScoreRequest.newBuilder().setModel(longest).build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "the length of lease is",
        () -> service.releaseModel(ReleaseModelRequest.newBuilder().setLease(longest).build()));
  }

  @Test
  void score_itemsThatCannotBeScored_areMarkedAndTheOthersScored() {
    ScoreResponse response =
        service.score(
            ScoreRequest.newBuilder()
                .setModel(tiny)
                .addItems(item(0, 3))
                .addItems(item(2, 0))
                .addItems(item(40, 40))
                .addItems(item(38, 40))
                .addItems(ScoreItem.newBuilder().setContinuation(TokenIds.newBuilder().addIds(-1)))
                .build());
    assertEquals(3, response.getResults(0).getTokenLogLikelihoodsCount());
    assertTrue(response.getResults(0).getLogLikelihood() < 0);
    assertTrue(response.getResults(1).getError().contains("continuation is empty"));
    assertTrue(response.getResults(2).getError().contains("80 tokens"));
    assertEquals("", response.getResults(3).getError());
    assertTrue(response.getResults(4).getError().contains("no token -1"));
    double sum = 0;
    for (float token : response.getResults(3).getTokenLogLikelihoodsList()) {
      sum += token;
    }
    assertEquals(sum, response.getResults(3).getLogLikelihood(), 1e-3);
  }

  @Test
  void score_anEmptyContext_isTheEndOfTextToken() {
    int end = TinyCheckpoint.tokenizer().endOfTextId();
    ScoreItem.Builder explicit = item(0, 5).toBuilder();
    explicit.getContextBuilder().addIds(end);
    ScoreResponse response =
        service.score(
            ScoreRequest.newBuilder()
                .setModel(tiny)
                .addItems(item(0, 5))
                .addItems(explicit)
                .build());
    assertEquals(response.getResults(1), response.getResults(0));
  }

  @Test
  void score_moreItemsThanAreAllowed_isRefused() {
    ScoreRequest.Builder request = ScoreRequest.newBuilder().setModel(tiny);
    for (int i = 0; i < 257; i++) {
      request.addItems(item(1, 1));
    }
    assertRefused(
        Status.Code.INVALID_ARGUMENT, "257; 0 to 256", () -> service.score(request.build()));
  }

  @Test
  void health_ofTheServiceByName_isServing() {
    assertEquals(
        ServingStatus.SERVING,
        HealthGrpc.newBlockingStub(channel)
            .check(
                HealthCheckRequest.newBuilder().setService(ServingServiceGrpc.SERVICE_NAME).build())
            .getStatus());
  }

  @Test
  void reflection_listsTheService() throws Exception {
    CompletableFuture<List<String>> services = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    services.complete(
                        response.getListServicesResponse().getServiceList().stream()
                            .map(ServiceResponse::getName)
                            .toList());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    services.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    assertTrue(services.get(10, TimeUnit.SECONDS).contains(ServingServiceGrpc.SERVICE_NAME));
    requests.onCompleted();
  }

  private GenerateRequest tinyRequest(UnaryOperator<GenerateRequest.Builder> change) {
    return change.apply(GenerateRequest.newBuilder().setModel(tiny).setPrompt("the smith")).build();
  }

  private void refusedAsInvalid(String inMessage, UnaryOperator<GenerateRequest.Builder> change) {
    assertRefused(Status.Code.INVALID_ARGUMENT, inMessage, () -> read(tinyRequest(change)));
  }

  private static ScoreItem item(int context, int continuation) {
    ScoreItem.Builder item = ScoreItem.newBuilder();
    for (int i = 0; i < context; i++) {
      item.getContextBuilder().addIds(65 + i);
    }
    for (int i = 0; i < continuation; i++) {
      item.getContinuationBuilder().addIds(97 + i);
    }
    return item.build();
  }

  private static List<Integer> ids(int[] tokens) {
    return Arrays.stream(tokens).boxed().toList();
  }
}
