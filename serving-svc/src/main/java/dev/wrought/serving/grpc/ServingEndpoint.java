package dev.wrought.serving.grpc;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.edge.call.Outgoing;
import dev.wrought.proto.serving.v1.GenerateRequest;
import dev.wrought.proto.serving.v1.GenerateResponse;
import dev.wrought.proto.serving.v1.ListModelsRequest;
import dev.wrought.proto.serving.v1.ListModelsResponse;
import dev.wrought.proto.serving.v1.LoadModelRequest;
import dev.wrought.proto.serving.v1.LoadModelResponse;
import dev.wrought.proto.serving.v1.ReleaseModelRequest;
import dev.wrought.proto.serving.v1.ReleaseModelResponse;
import dev.wrought.proto.serving.v1.ScoreRequest;
import dev.wrought.proto.serving.v1.ScoreResponse;
import dev.wrought.proto.serving.v1.ServingServiceGrpc;
import dev.wrought.serving.config.ServingSettings;
import dev.wrought.serving.generation.Generation;
import dev.wrought.serving.generation.GenerationSettings;
import dev.wrought.serving.grpc.ScoreRequests.Checked;
import dev.wrought.serving.models.Models;
import dev.wrought.serving.models.ServedModel;
import dev.wrought.serving.sampling.Sampler;
import dev.wrought.serving.sampling.Samplers;
import dev.wrought.serving.scoring.Item;
import dev.wrought.serving.scoring.ItemScore;
import dev.wrought.serving.scoring.Scoring;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Answers {@code wrought.serving.v1.ServingService}. */
@GrpcService
public class ServingEndpoint extends ServingServiceGrpc.ServingServiceImplBase {
  private final Models models;
  private final Samplers samplers;
  private final ServingSettings settings;

  @Inject
  public ServingEndpoint(Models models, Samplers samplers, ServingSettings settings) {
    this.models = models;
    this.samplers = samplers;
    this.settings = settings;
  }

  @Override
  public void loadModel(LoadModelRequest message, StreamObserver<LoadModelResponse> observer) {
    if (message.getModel().isEmpty()) {
      throw Ranges.refusal("model", "empty", "a checkpoint's absolute path or run:NAME is allowed");
    }
    Ranges.checkName("model", message.getModel());
    Ranges.checkName("digest", message.getDigest());
    Models.Leased leased = models.lease(message.getModel(), message.getDigest());
    Outgoing.answer(
        observer,
        LoadModelResponse.newBuilder()
            .setLease(leased.lease())
            .setModel(Replies.model(leased.model()))
            .build());
  }

  @Override
  public void releaseModel(
      ReleaseModelRequest message, StreamObserver<ReleaseModelResponse> observer) {
    Ranges.checkName("lease", message.getLease());
    models.release(message.getLease());
    Outgoing.answer(observer, ReleaseModelResponse.getDefaultInstance());
  }

  @Override
  public void listModels(ListModelsRequest message, StreamObserver<ListModelsResponse> observer) {
    Outgoing.answer(
        observer,
        ListModelsResponse.newBuilder()
            .addAllModels(models.list().stream().map(Replies::model).toList())
            .build());
  }

  @Override
  public void generate(GenerateRequest message, StreamObserver<GenerateResponse> observer) {
    TextWriter writer = new TextWriter(observer, settings.readerPatience());
    TextRequests.check(message);
    Sampler sampler = TextRequests.sampler(message, samplers);
    try (Models.Use use = models.use(message.getModel())) {
      ServedModel model = use.model();
      GenerationSettings wanted = TextRequests.settings(message, model);
      Generation generation =
          new Generation(model.forGeneration(), wanted, sampler, writer::abandoned);
      model.engine().submit(generation);
      if (message.getEcho()) {
        String prompt = TextRequests.echo(message, wanted, model.tokenizer());
        observer.onNext(GenerateResponse.newBuilder().setText(prompt).build());
      }
      writer.write(generation, wanted.seed());
    }
    observer.onCompleted();
  }

  @Override
  public void score(ScoreRequest message, StreamObserver<ScoreResponse> observer) {
    Outgoing<ScoreResponse> client = new Outgoing<>(observer);
    client.send(score(message, client::isCancelled));
    client.complete();
  }

  private ScoreResponse score(ScoreRequest message, BooleanSupplier abandoned) {
    Ranges.checkName("model", message.getModel());
    try (Models.Use use = models.use(message.getModel())) {
      List<Checked> items = ScoreRequests.items(message, use.model());
      return Replies.scores(items, scores(items, use.model(), abandoned));
    }
  }

  private static List<ItemScore> scores(
      List<Checked> items, ServedModel model, BooleanSupplier abandoned) {
    List<Item> good = items.stream().flatMap(Checked::good).toList();
    Scoring scoring =
        new Scoring(good, model.kernels(), model.config().vocabularySize(), abandoned);
    model.engine().submit(scoring);
    try {
      return scoring.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WroughtException(ErrorCode.CANCELLED, "interrupted", interrupted);
    }
  }
}
