package dev.wrought.tokenizer.grpc;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.edge.call.Outgoing;
import dev.wrought.proto.tokenizer.v1.BuildDatasetProgress;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.DecodeRequest;
import dev.wrought.proto.tokenizer.v1.DecodeResponse;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import dev.wrought.proto.tokenizer.v1.InspectTokenizerRequest;
import dev.wrought.proto.tokenizer.v1.ListDatasetsRequest;
import dev.wrought.proto.tokenizer.v1.ListDatasetsResponse;
import dev.wrought.proto.tokenizer.v1.ListTokenizersRequest;
import dev.wrought.proto.tokenizer.v1.ListTokenizersResponse;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TokenizerServiceGrpc;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import dev.wrought.tokenizer.build.BuildRequest;
import dev.wrought.tokenizer.build.DatasetBuilding;
import dev.wrought.tokenizer.training.TokenizerTraining;
import dev.wrought.tokenizer.training.TrainingRequest;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;

/** Answers {@code wrought.tokenizer.v1.TokenizerService}. */
@GrpcService
public class TokenizerEndpoint extends TokenizerServiceGrpc.TokenizerServiceImplBase {
  private final Artifacts artifacts;
  private final TokenizerTraining training;
  private final DatasetBuilding building;
  private final LoadedTokenizers tokenizers;
  private final LongWork longWork = new LongWork();

  @Inject
  public TokenizerEndpoint(
      Artifacts artifacts, TokenizerTraining training, DatasetBuilding building) {
    this.artifacts = artifacts;
    this.training = training;
    this.building = building;
    this.tokenizers = new LoadedTokenizers(artifacts);
  }

  @Override
  public void train(
      TrainTokenizerRequest message, StreamObserver<TrainTokenizerProgress> observer) {
    TrainingRequest request = Requests.training(message);
    ProgressStream<TrainTokenizerProgress> progress = new ProgressStream<>(observer);
    Outgoing.answer(observer, longWork.run(() -> train(request, progress)));
  }

  private TrainTokenizerProgress train(
      TrainingRequest request, ProgressStream<TrainTokenizerProgress> progress) {
    TokenizerTraining.Trained trained = training.train(request, new TrainingStream(progress));
    return Replies.trained(trained, tokenizers.at(trained.artifact()));
  }

  @Override
  public void encode(EncodeRequest message, StreamObserver<EncodeResponse> observer) {
    Requests.checkSize(message);
    Tokenizer tokenizer = tokenizers.named(message.getTokenizer());
    Outgoing.answer(observer, Encodings.encode(message, tokenizer));
  }

  @Override
  public void decode(DecodeRequest message, StreamObserver<DecodeResponse> observer) {
    Requests.checkSize(message);
    Tokenizer tokenizer = tokenizers.named(message.getTokenizer());
    Outgoing.answer(observer, Encodings.decode(message, tokenizer));
  }

  @Override
  public void inspect(InspectTokenizerRequest message, StreamObserver<TokenizerInfo> observer) {
    Requests.checkPage(message);
    Artifact artifact = artifacts.resolve(ArtifactKind.TOKENIZER, message.getTokenizer());
    Tokenizer tokenizer = tokenizers.at(artifact);
    Outgoing.answer(
        observer,
        Replies.tokenizer(artifact, tokenizer).toBuilder()
            .addAllTokens(Replies.page(tokenizer, message.getFirst(), message.getCount()))
            .build());
  }

  @Override
  public void listTokenizers(
      ListTokenizersRequest message, StreamObserver<ListTokenizersResponse> observer) {
    ListTokenizersResponse.Builder response = ListTokenizersResponse.newBuilder();
    for (Artifact artifact : artifacts.list(ArtifactKind.TOKENIZER)) {
      tokenizers
          .intact(artifact)
          .ifPresent(tokenizer -> response.addTokenizers(Replies.tokenizer(artifact, tokenizer)));
    }
    Outgoing.answer(observer, response.build());
  }

  @Override
  public void buildDataset(
      BuildDatasetRequest message, StreamObserver<BuildDatasetProgress> observer) {
    Artifact artifact = artifacts.resolve(ArtifactKind.TOKENIZER, message.getTokenizer());
    BuildRequest request = Requests.building(message, artifact);
    Tokenizer tokenizer = tokenizers.at(artifact);
    ProgressStream<BuildDatasetProgress> progress = new ProgressStream<>(observer);
    Outgoing.answer(observer, longWork.run(() -> build(request, tokenizer, progress)));
  }

  private BuildDatasetProgress build(
      BuildRequest request, Tokenizer tokenizer, ProgressStream<BuildDatasetProgress> progress) {
    Dataset built =
        building.build(
            request,
            tokenizer,
            (phase, fraction, bytesRead, documents, tokens) ->
                progress.tell(
                    phase, () -> Replies.building(phase, fraction, bytesRead, documents, tokens)));
    return Replies.built(built);
  }

  @Override
  public void listDatasets(
      ListDatasetsRequest message, StreamObserver<ListDatasetsResponse> observer) {
    ListDatasetsResponse.Builder response = ListDatasetsResponse.newBuilder();
    for (Artifact artifact : artifacts.list(ArtifactKind.DATASET)) {
      Replies.intactDataset(artifact).ifPresent(response::addDatasets);
    }
    Outgoing.answer(observer, response.build());
  }
}
