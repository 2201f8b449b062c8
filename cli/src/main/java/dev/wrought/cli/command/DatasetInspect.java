package dev.wrought.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wrought.cli.client.Services;
import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Json;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.core.dataset.TokenShards;
import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.ExitCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.core.tokenizer.Tokenizer;
import dev.wrought.core.tokenizer.TokenizerJson;
import dev.wrought.proto.tokenizer.v1.DatasetInfo;
import dev.wrought.proto.tokenizer.v1.ListDatasetsRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrought dataset inspect}. */
@Command(
    description = {
      "Show what a dataset holds, or one of its documents, decoded to the byte.",
      "",
      "With the path of a dataset's folder this works without the platform."
    })
final class DatasetInspect implements Callable<Integer> {
  /** The parts of a dataset. */
  enum Split {
    TRAIN,
    VALIDATION
  }

  private static final int WHOLE = -1;

  @Mixin private final Common common;

  @Parameters(
      paramLabel = "DATASET",
      description = "A name, name@digest, or the path of a dataset's folder.")
  private String dataset = "";

  @Option(
      names = "--document",
      paramLabel = "N",
      defaultValue = "" + WHOLE,
      description = "Print this document, the first of a split being 0 (default: the counts).")
  private int document;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "train",
      description = "train or validation (default: ${DEFAULT-VALUE}).")
  private Split split = Split.TRAIN;

  DatasetInspect(Workplace workplace) {
    this.common = new Common(workplace);
  }

  @Override
  public Integer call() {
    Dataset opened = Dataset.open(folder());
    if (document == WHOLE) {
      show(opened);
    } else {
      show(opened, document);
    }
    return ExitCode.OK.code();
  }

  private Path folder() {
    Path path = common.workplace().resolve(Path.of(dataset));
    if (Files.isDirectory(path)) {
      return path;
    }
    try (Services services = common.services()) {
      List<DatasetInfo> all =
          services
              .tokenizer()
              .listDatasets(ListDatasetsRequest.getDefaultInstance())
              .getDatasetsList();
      return all.stream()
          .filter(info ->
              dataset.equals(info.getName())
                  || dataset.equals(info.getName() + "@" + info.getDigest()))
          .findFirst()
          .map(info -> Path.of(info.getPath()))
          .orElseThrow(() ->
              new WroughtException(
                  ErrorCode.NOT_FOUND,
                  "no dataset '%s', and no such folder; there are: %s"
                      .formatted(dataset, all.stream().map(DatasetInfo::getName).toList())));
    }
  }

  private void show(Dataset opened) {
    DatasetFacts facts = opened.facts();
    if (common.json) {
      common.terminal().result(Input.file(opened.folder().resolve(Dataset.FACTS_FILE)).strip());
      return;
    }
    common.terminal().result("name        " + facts.name());
    common.terminal().result("digest      " + opened.digest());
    common.terminal().result("tokenizer   " + facts.tokenizer().name());
    common.terminal().result("train       " + counts(facts.train()));
    common.terminal().result("validation  " + counts(facts.validation()));
    common.terminal().result("bytes/token " + Amounts.decimal(facts.bytesPerToken(), 2));
    common.terminal().result("words/100   " + Amounts.decimal(facts.wordsPer100Tokens(), 1));
    common.terminal().result("left out    " + facts.dropped());
    common.terminal().result("path        " + opened.folder());
    opened.reportPage().ifPresent(page -> common.terminal().result("report      " + page));
  }

  private static String counts(SplitCounts counts) {
    return "%s documents, %s tokens, %s bytes"
        .formatted(
            Amounts.exact(counts.documents()),
            Amounts.exact(counts.tokens()),
            Amounts.exact(counts.bytes()));
  }

  private void show(Dataset opened, int wanted) {
    Tokenizer tokenizer = TokenizerJson.read(opened.tokenizerFile());
    try (TokenShards shards = split == Split.TRAIN ? opened.train() : opened.validation()) {
      if (wanted < 0 || wanted >= shards.documents()) {
        throw new WroughtException(
            ErrorCode.INVALID_ARGUMENT,
            "no document %d: the split %s has 0 to %d"
                .formatted(wanted, split.name().toLowerCase(Locale.ROOT), shards.documents() - 1));
      }
      int[] ids = shards.document(wanted);
      byte[] text = tokenizer.decode(Arrays.copyOf(ids, ids.length - 1));
      if (common.json) {
        ArrayNode tokens = Json.array();
        Arrays.stream(ids).forEach(tokens::add);
        common
            .terminal()
            .result(
                Json.line(
                    Json.object()
                        .put("document", wanted)
                        .put("text", new String(text, StandardCharsets.UTF_8))
                        .set("ids", tokens)));
      } else {
        common.terminal().bytes(text);
      }
    }
  }
}
