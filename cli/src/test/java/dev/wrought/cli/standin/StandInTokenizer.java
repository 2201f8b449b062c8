package dev.wrought.cli.standin;

import com.google.protobuf.ByteString;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.dataset.ShardWriter;
import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.core.tokenizer.BpeTrainer;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.core.tokenizer.WordCounts;
import dev.wrought.proto.tokenizer.v1.BuildDatasetProgress;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.BuildResumed;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.DecodeRequest;
import dev.wrought.proto.tokenizer.v1.DecodeResponse;
import dev.wrought.proto.tokenizer.v1.EncodeBatchRequest;
import dev.wrought.proto.tokenizer.v1.EncodeBatchResponse;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import dev.wrought.proto.tokenizer.v1.EncodedText;
import dev.wrought.proto.tokenizer.v1.InspectTokenizerRequest;
import dev.wrought.proto.tokenizer.v1.ListDatasetsRequest;
import dev.wrought.proto.tokenizer.v1.ListDatasetsResponse;
import dev.wrought.proto.tokenizer.v1.ListTokenizersRequest;
import dev.wrought.proto.tokenizer.v1.ListTokenizersResponse;
import dev.wrought.proto.tokenizer.v1.SplitInfo;
import dev.wrought.proto.tokenizer.v1.TextError;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TokenizerServiceGrpc.TokenizerServiceImplBase;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Trains on a fixed text and builds a dataset of three documents, really written. */
public final class StandInTokenizer extends TokenizerServiceImplBase {
  /** What all documents say; the first held-out one begins with its first. */
  public static final List<String> DOCUMENTS =
      List.of("Once upon a time there was a smith.", "The iron was hot.", "She struck it well.");

  /** A text that is not encoded. */
  public static final String REFUSED = "refused";

  private final Path home;
  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final List<TokenizerInfo> tokenizers = new ArrayList<>();
  private final List<DatasetInfo> datasets = new ArrayList<>();
  private volatile List<String> heldOut = DOCUMENTS.subList(0, 1);
  private volatile TrainTokenizerRequest trained = TrainTokenizerRequest.getDefaultInstance();
  private volatile TrainTokenizerProgress besides = TrainTokenizerProgress.getDefaultInstance();

  StandInTokenizer(Path home) {
    this.home = home;
  }

  /** How many were made so far. */
  public int tokenizersMade() {
    return tokenizers.size();
  }

  public int datasetsMade() {
    return datasets.size();
  }

  /** How many texts each call brought that was to encode some. */
  public List<Integer> batches() {
    return List.copyOf(batches);
  }

  /** What further datasets hold out. */
  public void holdsOut(List<String> documents) {
    heldOut = List.copyOf(documents);
  }

  /** What the last training was asked for with. */
  public TrainTokenizerRequest trained() {
    return trained;
  }

  /** What further trainings tell besides: in the first message, and what was pruned in the last. */
  public void tellsBesides(TrainTokenizerProgress message) {
    besides = message;
  }

  @Override
  public synchronized void train(
      TrainTokenizerRequest request, StreamObserver<TrainTokenizerProgress> answer) {
    trained = request;
    answer.onNext(besides.toBuilder().setPhase("reading").build());
    for (String phase : List.of("reading", "counting", "merging")) {
      answer.onNext(
          TrainTokenizerProgress.newBuilder()
              .setPhase(phase)
              .setFraction(0.5)
              .setBytesRead(1000)
              .setMerges(10)
              .build());
    }
    Tokenizer tokenizer = tokenizer();
    Path folder = folder("tokenizers", request.getName(), tokenizer.digest());
    write(tokenizer, folder);
    TokenizerInfo info =
        TokenizerInfo.newBuilder()
            .setName(request.getName())
            .setDigest(tokenizer.digest())
            .setModel("bpe")
            .setVocabularySize(tokenizer.vocabularySize())
            .setMerges(tokenizer.merges())
            .setPath(folder.toString())
            .setFile(folder.resolve(TokenizerJson.FILE).toString())
            .setCreated("2026-01-01T00:00:00Z")
            .build();
    tokenizers.addFirst(info);
    answer.onNext(
        TrainTokenizerProgress.newBuilder()
            .setPhase("done")
            .setFraction(1)
            .setResult(info)
            .setPruned(besides.getPruned())
            .build());
    answer.onCompleted();
  }

  @Override
  public synchronized void buildDataset(
      BuildDatasetRequest request, StreamObserver<BuildDatasetProgress> answer) {
    answer.onNext(
        BuildDatasetProgress.newBuilder()
            .setPhase("reading")
            .setBegunAnew("the tokenizer is another one")
            .build());
    answer.onNext(
        BuildDatasetProgress.newBuilder()
            .setPhase("reading")
            .setResumed(BuildResumed.newBuilder().setShards(3).setDocuments(70))
            .build());
    answer.onNext(
        BuildDatasetProgress.newBuilder()
            .setPhase("encoding")
            .setFraction(0.5)
            .setDocuments(2)
            .setTokens(10)
            .build());
    Dataset dataset = dataset(request);
    SplitCounts train = dataset.facts().train();
    SplitCounts validation = dataset.facts().validation();
    DatasetInfo info =
        DatasetInfo.newBuilder()
            .setName(request.getName())
            .setDigest(dataset.digest())
            .setPath(dataset.folder().toString())
            .setTokenizer(request.getTokenizer())
            .setTrain(split(train))
            .setValidation(split(validation))
            .putDropped("duplicate", 2)
            .setWordsPer100Tokens(dataset.facts().wordsPer100Tokens())
            .setCreated("2026-01-01T00:00:00Z")
            .setReport(dataset.reportPage().map(Path::toString).orElse(""))
            .build();
    datasets.addFirst(info);
    answer.onNext(
        BuildDatasetProgress.newBuilder().setPhase("done").setFraction(1).setResult(info).build());
    answer.onCompleted();
  }

  @Override
  public synchronized void listTokenizers(
      ListTokenizersRequest request, StreamObserver<ListTokenizersResponse> answer) {
    one(answer, ListTokenizersResponse.newBuilder().addAllTokenizers(tokenizers).build());
  }

  @Override
  public synchronized void listDatasets(
      ListDatasetsRequest request, StreamObserver<ListDatasetsResponse> answer) {
    one(answer, ListDatasetsResponse.newBuilder().addAllDatasets(datasets).build());
  }

  @Override
  public synchronized void inspect(
      InspectTokenizerRequest request, StreamObserver<TokenizerInfo> answer) {
    one(answer, tokenizers.getFirst());
  }

  @Override
  public void encodeBatch(EncodeBatchRequest request, StreamObserver<EncodeBatchResponse> answer) {
    batches.add(request.getTextsCount());
    Tokenizer tokenizer = tokenizer();
    boolean withPieces = request.getOptions().getWithPieces();
    one(
        answer,
        EncodeBatchResponse.newBuilder()
            .addAllTexts(
                request.getTextsList().stream()
                    .map(text -> encoded(tokenizer, text.getRaw(), withPieces))
                    .toList())
            .build());
  }

  private static EncodedText encoded(Tokenizer tokenizer, ByteString text, boolean withPieces) {
    if (text.toStringUtf8().equals(REFUSED)) {
      return EncodedText.newBuilder()
          .setError(TextError.newBuilder().setReason("INVALID_DATA").setMessage("not this one"))
          .build();
    }
    EncodeResponse.Builder response = EncodeResponse.newBuilder();
    for (int id : tokenizer.encode(text.toByteArray())) {
      response.addIds(id);
      if (withPieces) {
        response.addPieces(ByteString.copyFrom(tokenizer.bytesOf(id)));
      }
    }
    return EncodedText.newBuilder().setEncoding(response).build();
  }

  @Override
  public void decode(DecodeRequest request, StreamObserver<DecodeResponse> answer) {
    int[] ids = request.getIdsList().stream().mapToInt(Integer::intValue).toArray();
    ByteString raw = ByteString.copyFrom(tokenizer().decode(ids));
    one(answer, DecodeResponse.newBuilder().setRaw(raw).setText(raw.toStringUtf8()).build());
  }

  private static Tokenizer tokenizer() {
    WordCounts counts = new WordCounts();
    DOCUMENTS.forEach(text -> counts.add(text.getBytes(StandardCharsets.UTF_8)));
    return BpeTrainer.train(counts, BpeTrainer.minimumVocabulary(), (_, _) -> {});
  }

  private Dataset dataset(BuildDatasetRequest request) {
    Tokenizer tokenizer = tokenizer();
    Path folder = folder("datasets", request.getName(), Integer.toString(datasets.size()));
    write(tokenizer, folder);
    try {
      Files.writeString(folder.resolve(Dataset.REPORT_PAGE), "<!doctype html>");
      SplitCounts train = split(Dataset.trainPrefix(folder), DOCUMENTS.subList(1, 3), tokenizer);
      SplitCounts held = split(Dataset.validationPrefix(folder), heldOut, tokenizer);
      return Dataset.seal(
          folder,
          new DatasetFacts(
              request.getName(),
              "2026-01-01T00:00:00Z",
              new DatasetFacts.TokenizerFacts(
                  "demo", tokenizer.digest(), tokenizer.vocabularySize()),
              new DatasetFacts.CorpusFacts(
                  request.getCorpus().getSourcesList().stream()
                      .map(source ->
                          new DatasetFacts.SourceFacts(
                              source.getPath(), "directory", 5, 5000, source.getWeight()))
                      .toList(),
                  request.getCorpus().getFiltersList(),
                  request.getCorpus().getDeduplicate(),
                  request.getCorpus().getNearDuplicates(),
                  request.getValidationFraction()),
              train,
              held,
              Map.of("duplicate", 2L)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static SplitCounts split(Path prefix, List<String> documents, Tokenizer tokenizer)
      throws IOException {
    long bytes = 0;
    long words = 0;
    try (ShardWriter writer = ShardWriter.create(prefix, tokenizer.vocabularySize())) {
      for (String document : documents) {
        writer.add(tokenizer.encodeWithSpecial(document + "<|endoftext|>"));
        bytes += document.length();
        words += document.split(" ").length;
      }
      writer.finish();
      return new SplitCounts(writer.documents(), writer.tokens(), bytes, words);
    }
  }

  private static SplitInfo split(SplitCounts counts) {
    return SplitInfo.newBuilder()
        .setDocuments(counts.documents())
        .setTokens(counts.tokens())
        .setBytes(counts.bytes())
        .build();
  }

  private Path folder(String kind, String name, String digest) {
    try {
      return Files.createDirectories(home.resolve(kind).resolve(name).resolve(digest));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void write(Tokenizer tokenizer, Path folder) {
    try {
      TokenizerJson.write(tokenizer, folder.resolve(TokenizerJson.FILE));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static <M> void one(StreamObserver<M> answer, M message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
