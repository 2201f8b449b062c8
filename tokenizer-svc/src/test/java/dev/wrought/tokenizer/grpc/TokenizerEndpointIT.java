package dev.wrought.tokenizer.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.proto.tokenizer.v1.BuildDatasetProgress;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.Corpus;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.DecodeRequest;
import dev.wrought.proto.tokenizer.v1.EncodeRequest;
import dev.wrought.proto.tokenizer.v1.EncodeResponse;
import dev.wrought.proto.tokenizer.v1.InspectTokenizerRequest;
import dev.wrought.proto.tokenizer.v1.ListDatasetsRequest;
import dev.wrought.proto.tokenizer.v1.ListTokenizersRequest;
import dev.wrought.proto.tokenizer.v1.Source;
import dev.wrought.proto.tokenizer.v1.Token;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import dev.wrought.tokenizer.corpus.CorpusPlugins;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The service as a client meets it. */
@QuarkusTest
@TestProfile(FreshHome.class)
class TokenizerEndpointIT extends TokenizerClient {

  @Test
  void train_thenEncodeAndDecode_comesBack() throws IOException {
    TokenizerInfo info = trained("prose");
    assertEquals("prose", info.getName());
    assertEquals("bpe", info.getModel());
    assertEquals(108, info.getSpecialTokensCount());
    assertTrue(info.getVocabularySize() <= 450 && info.getVocabularySize() > 364);
    assertEquals(
        info.getDigest(), TokenizerJson.read(Path.of(info.getPath(), "tokenizer.json")).digest());

    EncodeResponse encoded =
        service.encode(
            EncodeRequest.newBuilder()
                .setTokenizer("prose@" + info.getDigest())
                .setText("The cat é")
                .setWithPieces(true)
                .build());
    assertEquals(encoded.getIdsCount(), encoded.getPiecesCount());
    assertEquals(
        "The cat é",
        encoded.getPiecesList().stream()
            .reduce(ByteString.EMPTY, ByteString::concat)
            .toStringUtf8());
    assertEquals("The cat é", decode("prose", encoded.getIdsList()).getText());
  }

  @Test
  void train_progress_goesThroughItsPhasesAndEndsWithTheResult() throws IOException {
    Set<String> phases = new LinkedHashSet<>();
    TrainTokenizerProgress last = TrainTokenizerProgress.getDefaultInstance();
    Iterator<TrainTokenizerProgress> stream = service.train(training("phases", 450));
    while (stream.hasNext()) {
      assertFalse(last.hasResult(), "the result came before the end");
      last = stream.next();
      phases.add(last.getPhase());
    }
    assertEquals(List.of("reading", "counting", "merging", "writing", "done"), List.copyOf(phases));
    assertTrue(last.hasResult());
  }

  @Test
  void train_reservedAndPadded_hasThemAmongItsSpecialTokens() throws IOException {
    TrainTokenizerRequest request =
        training("reserved", 450).toBuilder()
            .addReservedTokens("<|tool|>")
            .setPadToMultiple(64)
            .setMemoryBytes(10_000_000)
            .build();
    TrainTokenizerProgress last = drain(service.train(request));
    TokenizerInfo info = last.getResult();
    assertEquals(0, info.getVocabularySize() % 64);
    List<String> special = info.getSpecialTokensList().stream().map(Token::getText).toList();
    assertEquals("<|tool|>", special.get(special.size() - 109));
    assertEquals("<|unused_0|>", special.getFirst());
    assertTrue(last.hasPruned());
    assertEquals(0, last.getPruned().getWords());
  }

  /** FAULTS T4: NULs, and special tokens typed by a user. */
  @Test
  void encode_specialTokensTypedByAUser_arePlainTextUnlessAllowed() throws IOException {
    TokenizerInfo info = trained("special");
    int firstSpecial = info.getSpecialTokens(0).getId();
    String typed = "a<|endoftext|>\0b";
    EncodeRequest.Builder request =
        EncodeRequest.newBuilder().setTokenizer("special").setText(typed);
    List<Integer> plain = service.encode(request.build()).getIdsList();
    assertTrue(plain.stream().allMatch(id -> id < firstSpecial));
    assertEquals(typed, decode("special", plain).getText());

    List<Integer> allowed = service.encode(request.setAllowSpecial(true).build()).getIdsList();
    assertTrue(allowed.contains(firstSpecial));
    assertEquals(typed, decode("special", allowed).getText());
    assertEquals(
        "a\0b",
        service
            .decode(
                DecodeRequest.newBuilder()
                    .setTokenizer("special")
                    .addAllIds(allowed)
                    .setSkipSpecial(true)
                    .build())
            .getText());
  }

  @Test
  void encode_bytesThatAreNotUtf8_comeBack() throws IOException {
    trained("bytes");
    byte[] bytes = new byte[1000];
    new Random(4).nextBytes(bytes);
    EncodeResponse encoded =
        service.encode(
            EncodeRequest.newBuilder()
                .setTokenizer("bytes")
                .setRaw(ByteString.copyFrom(bytes))
                .build());
    assertEquals(ByteString.copyFrom(bytes), decode("bytes", encoded.getIdsList()).getRaw());
  }

  @Test
  void inspect_aPage_hasItsTokens() throws IOException {
    TokenizerInfo info = trained("inspect");
    TokenizerInfo page =
        service.inspect(
            InspectTokenizerRequest.newBuilder()
                .setTokenizer(info.getPath() + "/tokenizer.json")
                .setFirst(info.getVocabularySize() - 2)
                .setCount(10)
                .build());
    assertEquals(
        List.of("<extra_id_1>", "<extra_id_0>"),
        page.getTokensList().stream().map(Token::getText).toList());
    assertTrue(page.getTokens(0).getSpecial());
    assertTrue(
        service
            .listTokenizers(ListTokenizersRequest.getDefaultInstance())
            .getTokenizersList()
            .stream()
            .anyMatch(listed -> listed.getName().equals("inspect")));
  }

  @Test
  void buildDataset_writesShardsThatDecodeToTheDocuments() throws IOException {
    trained("shards");
    BuildDatasetProgress last = BuildDatasetProgress.getDefaultInstance();
    Iterator<BuildDatasetProgress> stream = service.buildDataset(building("cats", "shards"));
    while (stream.hasNext()) {
      last = stream.next();
    }
    DatasetInfo info = last.getResult();
    assertEquals("done", last.getPhase());
    assertEquals(40, info.getTrain().getDocuments() + info.getValidation().getDocuments());
    assertTrue(info.getValidation().getDocuments() > 0);
    assertEquals(last.getTokens(), info.getTrain().getTokens() + info.getValidation().getTokens());
    assertTrue(info.getBytesPerToken() > 1 && info.getWordsPer100Tokens() > 10);
    Dataset dataset = Dataset.open(Path.of(info.getPath()));
    dataset.verify();
    assertEquals(info.getDigest(), dataset.digest());
    assertEquals(dataset.folder().resolve(Dataset.REPORT_PAGE).toString(), info.getReport());
    assertTrue(Files.readString(Path.of(info.getReport())).contains("<h1>cats</h1>"));
    assertTrue(
        service
            .listDatasets(ListDatasetsRequest.getDefaultInstance())
            .getDatasetsList()
            .contains(info));
  }

  /** FAULTS D1 and D5, seen from outside. */
  @Test
  void buildDataset_brokenRowsAndOddDocuments_areRefusedOrCounted() throws IOException {
    trained("odd");
    Path rows = folder.resolve("rows.jsonl");
    Files.writeString(
        rows,
        "{\"text\":\"one\"}\r\n{\"text\":\"one\"}\r\n{\"text\":\"\"}\r\n{broken\r\n{\"text\":\"two\"}\r\n");
    Source source = Source.newBuilder().setPath(rows.toString()).build();
    BuildDatasetRequest request =
        BuildDatasetRequest.newBuilder()
            .setName("odd")
            .setTokenizer("odd")
            .setCorpus(Corpus.newBuilder().addSources(source).setDeduplicate(true))
            .build();
    StatusRuntimeException refused = fails(() -> drain(service.buildDataset(request)));
    assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
    assertTrue(
        String.valueOf(refused.getStatus().getDescription()).contains("rows.jsonl:4: not JSON"));

    BuildDatasetRequest skipping =
        request.toBuilder()
            .setCorpus(
                request.getCorpus().toBuilder()
                    .setSources(0, source.toBuilder().setSkipBroken(true)))
            .build();
    DatasetInfo info = drain(service.buildDataset(skipping)).getResult();
    assertEquals(Map.of("broken", 1L, "duplicate", 1L, "empty", 1L), info.getDroppedMap());
  }

  @Test
  void buildDataset_weightsFiltersAndNearDuplicates_areThoseOfTheRequest() throws IOException {
    trained("weighted");
    BuildDatasetRequest plain = building("plain", "weighted");
    DatasetInfo once = drain(service.buildDataset(plain)).getResult();
    Corpus corpus = plain.getCorpus();
    Corpus weighted =
        corpus.toBuilder().setSources(0, corpus.getSources(0).toBuilder().setWeight(2)).build();
    DatasetInfo twice =
        drain(service.buildDataset(plain.toBuilder().setCorpus(weighted).build())).getResult();
    assertEquals(2 * once.getTrain().getDocuments(), twice.getTrain().getDocuments());
    assertEquals(once.getValidation(), twice.getValidation());

    Path other = Files.writeString(folder.resolve("other.txt"), "quite another text ".repeat(9));
    Corpus chosen =
        corpus.toBuilder()
            .addSources(Source.newBuilder().setPath(other.toString()))
            .addFilters("length: {minBytes: 100}")
            .setNearDuplicates(0.8)
            .build();
    Map<String, Long> dropped =
        drain(service.buildDataset(plain.toBuilder().setCorpus(chosen).build()))
            .getResult()
            .getDroppedMap();
    assertEquals(Set.of("length/too-few-bytes", "near-duplicate"), dropped.keySet());
  }

  /** What unpacks them is native code, which has to be found where the service runs. */
  @Test
  void buildDataset_packedSources_areRead() throws IOException {
    trained("packed");
    Path rows = folder.resolve("rows.jsonl.zst");
    Files.write(rows, Zstd.compress("{\"text\":\"one\"}\n{\"text\":\"two\"}\n".getBytes(UTF_8)));
    Path columns = folder.resolve("snappy.parquet");
    try (InputStream in = CorpusPlugins.class.getResourceAsStream("snappy.parquet")) {
      Files.copy(in, columns);
    }
    Corpus.Builder corpus = Corpus.newBuilder();
    for (Path source : List.of(rows, columns)) {
      corpus.addSources(Source.newBuilder().setPath(source.toString()));
    }
    BuildDatasetRequest request =
        building("packed", "packed").toBuilder().setCorpus(corpus).build();
    DatasetInfo info = drain(service.buildDataset(request)).getResult();
    assertEquals(Map.of("empty", 3L), info.getDroppedMap());
    assertEquals(11, info.getTrain().getDocuments() + info.getValidation().getDocuments());
  }

  /** FAULTS T9: the minimum is stated. */
  @Test
  void train_badRequests_areRefusedWithReasonAndRange() throws IOException {
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "at least 364",
        () -> service.train(training("small", 300)).hasNext());
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "at least 365",
        () -> drainTraining(training("small", 364).toBuilder().setModel("unigram").build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "text may teach",
        () -> drainTraining(training("clash", 450).toBuilder().addReservedTokens("cat").build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "memory_bytes",
        () -> drainTraining(training("tiny", 450).toBuilder().setMemoryBytes(999).build()));
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n\n");
    TrainTokenizerRequest onEmpty =
        training("empty", 450).toBuilder()
            .setCorpus(
                Corpus.newBuilder().addSources(Source.newBuilder().setPath(empty.toString())))
            .build();
    assertRefused(
        Status.Code.INVALID_ARGUMENT, "the corpus is empty", () -> drainTraining(onEmpty));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "'No Name'",
        () -> service.train(training("No Name", 450)).hasNext());
    TrainTokenizerRequest nowhere =
        training("nowhere", 450).toBuilder()
            .setCorpus(Corpus.newBuilder().addSources(Source.newBuilder().setPath("/no/such")))
            .build();
    assertRefused(Status.Code.NOT_FOUND, "/no/such", () -> drainTraining(nowhere));
    TrainTokenizerRequest unfiltered =
        training("unfiltered", 450).toBuilder()
            .setCorpus(training("unfiltered", 450).getCorpus().toBuilder().addFilters("license"))
            .build();
    assertRefused(Status.Code.NOT_FOUND, "licence-header", () -> drainTraining(unfiltered));
  }

  @Test
  void requests_beyondTheirLimits_areRefused() throws IOException {
    trained("limits");
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "0 to 1048576",
        () ->
            service.encode(
                EncodeRequest.newBuilder()
                    .setTokenizer("limits")
                    .setText("x".repeat((1 << 20) + 1))
                    .build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT, "ids are 0 to", () -> decode("limits", List.of(1, -1)));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "count",
        () ->
            service.inspect(
                InspectTokenizerRequest.newBuilder()
                    .setTokenizer("limits")
                    .setCount(1001)
                    .build()));
    assertRefused(Status.Code.NOT_FOUND, "limits", () -> decode("limit", List.of(1)));
    int largest =
        service
            .encode(
                EncodeRequest.newBuilder()
                    .setTokenizer("limits")
                    .setText("x1".repeat(1 << 19))
                    .build())
            .getIdsCount();
    assertTrue(largest > 1 << 19);
  }

  private void drainTraining(TrainTokenizerRequest request) {
    drain(service.train(request));
  }

  private BuildDatasetRequest building(String name, String tokenizer) throws IOException {
    return BuildDatasetRequest.newBuilder()
        .setName(name)
        .setTokenizer(tokenizer)
        .setCorpus(corpus())
        .setValidationFraction(0.2)
        .build();
  }
}
