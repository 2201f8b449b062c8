package dev.wrought.tokenizer.grpc;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.artifact.ArtifactKind;
import dev.wrought.core.artifact.Artifacts;
import dev.wrought.core.tokenizer.EncodingOptions;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.edge.call.Outgoing;
import dev.wrought.edge.error.ReadableMessages;
import dev.wrought.proto.tokenizer.v1.BuildDatasetProgress;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.CountRequest;
import dev.wrought.proto.tokenizer.v1.CountResponse;
import dev.wrought.proto.tokenizer.v1.DecodeRequest;
import dev.wrought.proto.tokenizer.v1.DecodeResponse;
import dev.wrought.proto.tokenizer.v1.DecodeStreamRequest;
import dev.wrought.proto.tokenizer.v1.EncodeBatchRequest;
import dev.wrought.proto.tokenizer.v1.EncodeBatchResponse;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import dev.wrought.proto.tokenizer.v1.EncodeStreamRequest;
import dev.wrought.proto.tokenizer.v1.EncodedText;
import dev.wrought.proto.tokenizer.v1.InspectTokenizerRequest;
import dev.wrought.proto.tokenizer.v1.ListDatasetsRequest;
import dev.wrought.proto.tokenizer.v1.ListDatasetsResponse;
import dev.wrought.proto.tokenizer.v1.ListTokenizersRequest;
import dev.wrought.proto.tokenizer.v1.ListTokenizersResponse;
import dev.wrought.proto.tokenizer.v1.Text;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TokenizerServiceGrpc;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import dev.wrought.tokenizer.build.BuildRequest;
import dev.wrought.tokenizer.build.DatasetBuilding;
import dev.wrought.tokenizer.encoding.BatchEncoding;
import dev.wrought.tokenizer.encoding.LoadedTokenizers;
import dev.wrought.tokenizer.encoding.SharedCores;
import dev.wrought.tokenizer.encoding.TextCounts;
import dev.wrought.tokenizer.encoding.TextEncoding;
import dev.wrought.tokenizer.encoding.TokenText;
import dev.wrought.tokenizer.training.TokenizerTraining;
import dev.wrought.tokenizer.training.TrainingRequest;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;

/** Answers {@code wrought.tokenizer.v1.TokenizerService}. */
@GrpcService
public class TokenizerEndpoint implements TokenizerServiceGrpc.AsyncService, BindableService {
  private final Artifacts artifacts;
  private final TokenizerTraining training;
  private final DatasetBuilding building;
  private final LoadedTokenizers tokenizers;
  private final SharedCores cores;
  private final LongWork longWork = new LongWork();

  @Inject
  public TokenizerEndpoint(
      Artifacts artifacts,
      TokenizerTraining training,
      DatasetBuilding building,
      LoadedTokenizers tokenizers,
      SharedCores cores) {
    this.artifacts = artifacts;
    this.training = training;
    this.building = building;
    this.tokenizers = tokenizers;
    this.cores = cores;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ReadableMessages.of(TokenizerServiceGrpc.bindService(this));
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
    Outgoing<EncodeResponse> client = new Outgoing<>(observer);
    byte[] text = EncodeRequests.text(message);
    TextEncoding how =
        EncodeRequests.how(
            EncodeRequests.options(message), tokenizers.named(message.getTokenizer()));
    EncodeReplies replies = new EncodeReplies(how.tokenizer(), message.getWithPieces());
    Outgoing.answer(
        observer, cores.call(text.length, client::check, () -> replies.encoding(how.of(text))));
  }

  @Override
  public void encodeBatch(
      EncodeBatchRequest message, StreamObserver<EncodeBatchResponse> observer) {
    Outgoing<EncodeBatchResponse> client = new Outgoing<>(observer);
    int bytes = EncodeRequests.checkSize(message);
    TextEncoding how =
        EncodeRequests.how(message.getOptions(), tokenizers.named(message.getTokenizer()));
    List<Supplier<byte[]>> texts =
        message.getTextsList().stream().map(text -> utf8(text, how)).toList();
    List<BatchEncoding.Outcome> outcomes =
        new BatchEncoding(how, EncodeRequests.padding(message, how.tokenizer()))
            .run(texts, bytes, cores, client::check);
    EncodeReplies replies =
        new EncodeReplies(how.tokenizer(), message.getOptions().getWithPieces());
    Outgoing.answer(
        observer,
        EncodeBatchResponse.newBuilder()
            .addAllTexts(outcomes.stream().map(replies::text).toList())
            .build());
  }

  private static Supplier<byte[]> utf8(Text text, TextEncoding how) {
    return () -> EncodeRequests.text(text, how.withOffsets());
  }

  @Override
  public StreamObserver<EncodeStreamRequest> encodeStream(StreamObserver<EncodedText> observer) {
    return new EncodeStream(observer, tokenizers, cores);
  }

  @Override
  public void count(CountRequest message, StreamObserver<CountResponse> observer) {
    Outgoing<CountResponse> client = new Outgoing<>(observer);
    byte[] text = EncodeRequests.text(message);
    Tokenizer tokenizer = tokenizers.named(message.getTokenizer());
    EncodingOptions options =
        EncodingOptions.PLAIN
            .withAllowSpecial(message.getAllowSpecial())
            .withAddSpecial(message.getAddSpecial());
    Outgoing.answer(
        observer,
        cores.call(
            text.length,
            client::check,
            () ->
                EncodeReplies.counts(TextCounts.of(text, tokenizer.encode(text, options).length))));
  }

  @Override
  public void decode(DecodeRequest message, StreamObserver<DecodeResponse> observer) {
    Outgoing<DecodeResponse> client = new Outgoing<>(observer);
    TokenText text =
        new TokenText(tokenizers.named(message.getTokenizer()), message.getSkipSpecial());
    Outgoing.answer(
        observer,
        cores.call(
            EncodeRequests.weight(message.getIdsList()),
            client::check,
            () -> EncodeReplies.decoded(message, text)));
  }

  @Override
  public StreamObserver<DecodeStreamRequest> decodeStream(StreamObserver<DecodeResponse> observer) {
    return new DecodeStream(observer, tokenizers, cores);
  }

  @Override
  public void inspect(InspectTokenizerRequest message, StreamObserver<TokenizerInfo> observer) {
    Requests.checkPage(message);
    Artifact artifact = tokenizers.find(message.getTokenizer());
    Tokenizer tokenizer = tokenizers.at(artifact);
    Outgoing.answer(
        observer,
        Replies.tokenizer(artifact, tokenizer).toBuilder()
            .addAllAddedTokens(Replies.addedTokens(tokenizer))
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
    Artifact artifact = tokenizers.find(message.getTokenizer());
    BuildRequest request = Requests.building(message, artifact);
    Tokenizer tokenizer = tokenizers.at(artifact);
    ProgressStream<BuildDatasetProgress> progress = new ProgressStream<>(observer);
    Outgoing.answer(observer, longWork.run(() -> build(request, tokenizer, progress)));
  }

  private BuildDatasetProgress build(
      BuildRequest request, Tokenizer tokenizer, ProgressStream<BuildDatasetProgress> progress) {
    return Replies.built(building.build(request, tokenizer, new BuildStream(progress)));
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
