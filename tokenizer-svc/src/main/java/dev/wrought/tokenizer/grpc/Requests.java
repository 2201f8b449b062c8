package dev.wrought.tokenizer.grpc;

import dev.wrought.core.artifact.Artifact;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.ModelKind;
import dev.wrought.core.tokenizer.VocabularySpec;
import dev.wrought.proto.tokenizer.v1.BuildDatasetRequest;
import dev.wrought.proto.tokenizer.v1.Corpus;
import dev.wrought.proto.tokenizer.v1.InspectTokenizerRequest;
import dev.wrought.proto.tokenizer.v1.Source;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerRequest;
import dev.wrought.tokenizer.build.BuildRequest;
import dev.wrought.tokenizer.corpus.CorpusSpec;
import dev.wrought.tokenizer.corpus.SourceSpec;
import dev.wrought.tokenizer.training.TrainingRequest;

/** What clients send, checked and as the rooms' own records. */
final class Requests {
  private static final int LARGEST_PAGE = 1000;

  private Requests() {}

  static TrainingRequest training(TrainTokenizerRequest message) {
    return new TrainingRequest(
        message.getName(),
        corpus(message.getCorpus()),
        ModelKind.named(message.getModel()),
        vocabulary(message),
        message.getSampleBytes(),
        message.getMemoryBytes());
  }

  private static VocabularySpec vocabulary(TrainTokenizerRequest message) {
    int multiple = message.getPadToMultiple();
    return new VocabularySpec(
        message.getVocabularySize(), message.getReservedTokensList(), multiple == 0 ? 1 : multiple);
  }

  static BuildRequest building(BuildDatasetRequest message, Artifact tokenizer) {
    double fraction = message.getValidationFraction();
    return new BuildRequest(
        message.getName(),
        tokenizer,
        corpus(message.getCorpus()),
        fraction == 0 ? BuildRequest.DEFAULT_VALIDATION_FRACTION : fraction);
  }

  static void checkPage(InspectTokenizerRequest message) {
    check("first", message.getFirst(), Integer.MAX_VALUE, "ids begin at 0");
    check("count", message.getCount(), LARGEST_PAGE, "ask for page after page");
  }

  private static void check(String what, int actual, int most, String remedy) {
    if (actual < 0 || actual > most) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "%s: %d; 0 to %d are possible: %s".formatted(what, actual, most, remedy));
    }
  }

  private static CorpusSpec corpus(Corpus message) {
    return new CorpusSpec(
        message.getSourcesList().stream().map(Requests::source).toList(),
        message.getFiltersList(),
        message.getDeduplicate(),
        message.getNearDuplicates());
  }

  private static SourceSpec source(Source message) {
    return new SourceSpec(
        message.getPath(),
        message.getKind(),
        message.getIncludeList(),
        message.getExcludeList(),
        message.getField(),
        message.getSkipBroken(),
        message.getWeight() == 0 ? 1 : message.getWeight());
  }
}
