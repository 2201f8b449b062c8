package dev.wrought.tokenizer.grpc;

import com.google.protobuf.ByteString;
import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.dataset.DatasetFacts.SourceFacts;
import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.PrunedWords;
import dev.wrought.core.tokenizer.Roles;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.proto.tokenizer.v1.AddedToken;
import dev.wrought.proto.tokenizer.v1.BuildDatasetProgress;
import dev.wrought.proto.tokenizer.v1.BuildResumed;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.SplitInfo;
import dev.wrought.proto.tokenizer.v1.Token;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TokenizerRoles;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainingResumed;
import dev.wrought.proto.tokenizer.v1.WordsPruned;
import dev.wrought.tokenizer.build.BuildProgress;
import dev.wrought.tokenizer.training.TokenizerTraining;
import dev.wrought.tokenizer.training.TrainingProgress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** The rooms' results as messages. */
final class Replies {
  /** The last phase of a stream. */
  private static final String DONE = "done";

  private static final Logger LOG = Logger.getLogger(Replies.class);

  private Replies() {}

  static TrainTokenizerProgress training(
      TrainingProgress.Phase phase, double fraction, long bytesRead, int merges) {
    return TrainTokenizerProgress.newBuilder()
        .setPhase(name(phase))
        .setFraction(fraction)
        .setBytesRead(bytesRead)
        .setMerges(merges)
        .build();
  }

  /** The message of a training that goes on where an earlier attempt had got to. */
  static TrainTokenizerProgress resumed(long bytesRead, int merges) {
    return training(TrainingProgress.Phase.READING, 0, 0, 0).toBuilder()
        .setResumed(TrainingResumed.newBuilder().setBytesRead(bytesRead).setMerges(merges))
        .build();
  }

  /** The last message of a training. */
  static TrainTokenizerProgress trained(TokenizerTraining.Trained trained, Tokenizer tokenizer) {
    return TrainTokenizerProgress.newBuilder()
        .setPhase(DONE)
        .setFraction(1)
        .setMerges(tokenizer.merges())
        .setResult(tokenizer(trained.artifact(), tokenizer))
        .putAllDropped(trained.dropped())
        .setPruned(pruned(trained.pruned()))
        .build();
  }

  private static WordsPruned pruned(PrunedWords pruned) {
    return WordsPruned.newBuilder()
        .setWords(pruned.words())
        .setOccurrences(pruned.occurrences())
        .setFloor(pruned.floor())
        .build();
  }

  static BuildDatasetProgress building(
      BuildProgress.Phase phase, double fraction, long bytesRead, long documents, long tokens) {
    return BuildDatasetProgress.newBuilder()
        .setPhase(name(phase))
        .setFraction(fraction)
        .setBytesRead(bytesRead)
        .setDocuments(documents)
        .setTokens(tokens)
        .build();
  }

  /** The message of a build that goes on from shards that an earlier attempt has finished. */
  static BuildDatasetProgress resumedBuild(long documents, int shards) {
    return building(BuildProgress.Phase.READING, 0, 0, 0, 0).toBuilder()
        .setResumed(BuildResumed.newBuilder().setDocuments(documents).setShards(shards))
        .build();
  }

  /** The message of a build to which what an earlier attempt has done is of no use. */
  static BuildDatasetProgress begunAnew(String why) {
    return building(BuildProgress.Phase.READING, 0, 0, 0, 0).toBuilder().setBegunAnew(why).build();
  }

  /** The last message of a build. */
  static BuildDatasetProgress built(Dataset dataset) {
    DatasetFacts facts = dataset.facts();
    return BuildDatasetProgress.newBuilder()
        .setPhase(DONE)
        .setFraction(1)
        .setBytesRead(facts.corpus().sources().stream().mapToLong(SourceFacts::bytes).sum())
        .setDocuments(facts.total().documents())
        .setTokens(facts.total().tokens())
        .setResult(dataset(dataset))
        .build();
  }

  static TokenizerInfo tokenizer(Artifact artifact, Tokenizer tokenizer) {
    return TokenizerInfo.newBuilder()
        .setName(artifact.name())
        .setDigest(tokenizer.digest())
        .setModel(tokenizer.model())
        .setVocabularySize(tokenizer.vocabularySize())
        .setMerges(tokenizer.merges())
        .addAllSpecialTokens(
            tokenizer.specialTokens().stream()
                .map(special -> token(tokenizer, special.id()))
                .toList())
        .setPath(artifact.folder().toString())
        .setFile(artifact.file().toString())
        .setCreated(artifact.published().truncatedTo(ChronoUnit.SECONDS).toString())
        .setRoles(roles(tokenizer.roles()))
        .addAllBefore(tokenizer.template().before())
        .addAllAfter(tokenizer.template().after())
        .build();
  }

  private static TokenizerRoles roles(Roles roles) {
    TokenizerRoles.Builder message = TokenizerRoles.newBuilder();
    roles.begin().ifPresent(message::setBegin);
    roles.end().ifPresent(message::setEnd);
    roles.pad().ifPresent(message::setPad);
    roles.unknown().ifPresent(message::setUnknown);
    return message.build();
  }

  /** The tokens outside its model. */
  static List<AddedToken> addedTokens(Tokenizer tokenizer) {
    return tokenizer.addedTokens().stream()
        .map(token ->
            AddedToken.newBuilder()
                .setId(token.id())
                .setText(token.content())
                .setSpecial(token.special())
                .setSingleWord(token.rules().singleWord())
                .setLstrip(token.rules().lstrip())
                .setRstrip(token.rules().rstrip())
                .setNormalized(token.rules().normalized())
                .build())
        .toList();
  }

  /** The tokens with these ids, as far as they exist. */
  static List<Token> page(Tokenizer tokenizer, int first, int count) {
    int end = (int) Math.min(tokenizer.vocabularySize(), (long) first + count);
    return IntStream.range(first, Math.max(first, end))
        .mapToObj(id -> token(tokenizer, id))
        .toList();
  }

  private static Token token(Tokenizer tokenizer, int id) {
    byte[] bytes = tokenizer.bytesOf(id);
    return Token.newBuilder()
        .setId(id)
        .setBytes(ByteString.copyFrom(bytes))
        .setText(new String(bytes, StandardCharsets.UTF_8))
        .setSpecial(tokenizer.isSpecial(id))
        .setWritten(tokenizer.writtenForm(id))
        .build();
  }

  static DatasetInfo dataset(Dataset dataset) {
    DatasetFacts facts = dataset.facts();
    return DatasetInfo.newBuilder()
        .setName(facts.name())
        .setDigest(dataset.digest())
        .setPath(dataset.folder().toString())
        .setTokenizer(facts.tokenizer().name())
        .setTokenizerDigest(facts.tokenizer().digest())
        .setTrain(split(facts.train()))
        .setValidation(split(facts.validation()))
        .putAllDropped(facts.dropped())
        .setWordsPer100Tokens(facts.wordsPer100Tokens())
        .setBytesPerToken(facts.bytesPerToken())
        .setCreated(facts.created())
        .setReport(dataset.reportPage().map(Path::toString).orElse(""))
        .build();
  }

  /** For lists: a damaged one is logged. The name is the one it is found by. */
  static Optional<DatasetInfo> intactDataset(Artifact artifact) {
    try {
      Dataset dataset = Dataset.open(artifact.folder());
      return Optional.of(dataset(dataset).toBuilder().setName(artifact.name()).build());
    } catch (WroughtException damaged) {
      LOG.warnf("Left out of the list: %s", damaged.getMessage());
      return Optional.empty();
    }
  }

  private static SplitInfo split(SplitCounts counts) {
    return SplitInfo.newBuilder()
        .setDocuments(counts.documents())
        .setTokens(counts.tokens())
        .setBytes(counts.bytes())
        .build();
  }

  private static String name(Enum<?> phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }
}
