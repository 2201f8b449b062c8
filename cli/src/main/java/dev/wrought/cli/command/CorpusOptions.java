package dev.wrought.cli.command;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.tokenizer.v1.Corpus;
import dev.wrought.proto.tokenizer.v1.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the text comes from, for every verb that reads a corpus. */
final class CorpusOptions {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/");

  @ArgGroup(exclusive = false, multiplicity = "1..*")
  private List<WeightedPath> paths = new ArrayList<>();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "",
      description =
          "directory, text, jsonl, csv, parquet, zip or tar (default: told from the path).")
  private String kind = "";

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Only files within that match, for example '**/*.java'.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Leave out files that match; wins over --include.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "FILTER",
      description =
          "What is done to each document: length, c4, gopher-quality, gopher-repetition, licence-header or a plugin's name, perhaps with settings: 'length: {minWords: 20}'. May be given several times.")
  private List<String> filters = new ArrayList<>();

  @Option(
      names = "--field",
      paramLabel = "NAME",
      defaultValue = "",
      description = "JSONL, CSV, Parquet: the field or column with the text (default: text).")
  private String field = "";

  @Option(
      names = "--skip-broken",
      description =
          "JSONL, CSV: skip broken rows and count them, instead of stopping at the first.")
  private boolean skipBroken;

  @Option(names = "--keep-duplicates", description = "Keep documents that are exactly the same.")
  private boolean keepDuplicates;

  @Option(
      names = "--near-duplicates",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Keep one of the documents that have this share of their five-word runs in common, or more; 0.8 is usual (default: they are not compared).")
  private double nearDuplicates;

  /** A place that documents come from, and how much they count. */
  static final class WeightedPath {
    @Option(
        names = "--corpus",
        paramLabel = "PATH",
        required = true,
        description =
            "A folder, a zip, or a text, JSONL, CSV, Parquet or tar file; text, JSONL, CSV and tar perhaps packed (.gz, .zst). May be given several times.")
    private Path path = Path.of("");

    @Option(
        names = "--weight",
        paramLabel = "TIMES",
        description =
            "How often each document of the --corpus that this is given after counts in training: 2 twice, 0.5 every other one (default: 1).")
    private double weight = 1;
  }

  Corpus corpus(Workplace workplace) {
    Corpus.Builder corpus =
        Corpus.newBuilder()
            .addAllFilters(filters)
            .setDeduplicate(!keepDuplicates)
            .setNearDuplicates(nearDuplicates);
    for (WeightedPath each : paths) {
      corpus.addSources(source(workplace.resolve(local(each.path)), each.weight));
    }
    return corpus.build();
  }

  private static Path local(Path path) {
    if (URI.matcher(path.toString()).lookingAt()) {
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "--corpus is '%s'; it must be a file or folder of this machine: fetch it first"
              .formatted(path));
    }
    return path;
  }

  private Source source(Path path, double weight) {
    if (weight == 0) { // which the service takes for not given
      throw new WroughtException(
          ErrorCode.INVALID_ARGUMENT,
          "the --weight of %s is 0; it must be above 0, or leave the corpus out".formatted(path));
    }
    if (!Files.isReadable(path)) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "no corpus at " + path + ": no such file or folder, or not readable");
    }
    return Source.newBuilder()
        .setPath(path.toString())
        .setKind(kind)
        .addAllInclude(include)
        .addAllExclude(exclude)
        .setField(field)
        .setSkipBroken(skipBroken)
        .setWeight(weight)
        .build();
  }
}
