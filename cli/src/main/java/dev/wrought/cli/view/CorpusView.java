package dev.wrought.cli.view;

import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Progress;
import dev.wrought.proto.tokenizer.v1.BuildDatasetProgress;
import dev.wrought.proto.tokenizer.v1.BuildResumed;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.TokenizerInfo;
import dev.wrought.proto.tokenizer.v1.TrainTokenizerProgress;
import dev.wrought.proto.tokenizer.v1.TrainingResumed;
import dev.wrought.proto.tokenizer.v1.WordsPruned;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A corpus on its way to a tokenizer and to a dataset. */
public final class CorpusView {
  /** The last message: what comes after it says more. */
  private static final String DONE = "done";

  private CorpusView() {}

  static void show(Progress progress, TrainTokenizerProgress step) {
    if (step.getPhase().equals(DONE)) {
      return;
    }
    progress.phase(step.getPhase());
    progress.update(
        step.getFraction(),
        switch (step.getPhase()) {
          case "merging" -> progress.rated(step.getMerges(), CorpusView::merges);
          case "writing" -> "";
          default -> progress.rated(step.getBytesRead(), Amounts::bytes);
        });
  }

  static void show(Progress progress, BuildDatasetProgress step) {
    if (step.getPhase().equals(DONE)) {
      return;
    }
    progress.phase(step.getPhase());
    String tokens = progress.rated(step.getTokens(), count -> Amounts.count(count) + " tokens");
    progress.update(step.getFraction(), documents(step.getDocuments()) + ", " + tokens);
  }

  private static String documents(long count) {
    return Amounts.exact(count) + (count == 1 ? " document" : " documents");
  }

  private static String merges(long count) {
    return Amounts.exact(count) + " merges";
  }

  /** {@code 8,192 tokens, 7,808 merges}. */
  public static String summary(TokenizerInfo info) {
    return "%s tokens, %s"
        .formatted(Amounts.exact(info.getVocabularySize()), merges(info.getMerges()));
  }

  /** {@code 47.3M tokens to train on, 480k held out (151 documents), 38.2 words per 100 tokens}. */
  public static String summary(DatasetInfo info) {
    return "%s tokens to train on, %s held out (%s), %s words per 100 tokens"
        .formatted(
            Amounts.count(info.getTrain().getTokens()),
            Amounts.count(info.getValidation().getTokens()),
            documents(info.getValidation().getDocuments()),
            Amounts.decimal(info.getWordsPer100Tokens(), 1));
  }

  /** {@code goes on from before: 1.62 GB counted, 3,100 merges learnt}. */
  static String resumed(TrainingResumed resumed) {
    String counted =
        "goes on from before: %s counted".formatted(Amounts.bytes(resumed.getBytesRead()));
    return resumed.getMerges() == 0
        ? counted
        : counted + ", %s learnt".formatted(merges(resumed.getMerges()));
  }

  /** {@code goes on from before: 12 shards, 310,455 documents of the corpus}. */
  static String resumed(BuildResumed resumed) {
    return "goes on from before: %s %s, %s of the corpus"
        .formatted(
            Amounts.exact(resumed.getShards()),
            resumed.getShards() == 1 ? "shard" : "shards",
            documents(resumed.getDocuments()));
  }

  /** {@code left out to save memory: 51,200 rare words, none met more than 2 times by then}. */
  static String pruned(WordsPruned pruned) {
    return "left out to save memory: %s rare words (%s occurrences), none met more than %s by then"
        .formatted(
            Amounts.exact(pruned.getWords()),
            Amounts.exact(pruned.getOccurrences()),
            pruned.getFloor() == 1 ? "once" : Amounts.exact(pruned.getFloor()) + " times");
  }

  /** {@code 12 binary, 340 duplicate}: documents left out, by reason; empty if there are none. */
  static String leftOut(Map<String, Long> documents) {
    Map<String, Long> dropped = new TreeMap<>(documents);
    dropped.values().removeIf(count -> count == 0);
    return dropped.entrySet().stream()
        .map(entry -> Amounts.exact(entry.getValue()) + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
