package dev.wrought.cli.command;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.tokenizer.v1.Corpus;
import dev.wrought.proto.tokenizer.v1.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the text comes from, for every verb that reads a corpus. */
final class CorpusOptions {
  @Option(
      names = "--corpus",
      paramLabel = "PATH",
      required = true,
      description = "A folder, a text file, a JSONL file or a zip; may be given several times.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "",
      description = "directory, text, jsonl or zip (default: told from the path).")
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
      paramLabel = "NAME",
      description = "What is done to each document: licence-header, or a plugin's name.")
  private List<String> filters = new ArrayList<>();

  @Option(
      names = "--field",
      paramLabel = "NAME",
      defaultValue = "",
      description = "JSONL: the field with the text (default: text).")
  private String field = "";

  @Option(
      names = "--skip-broken",
      description = "JSONL: skip broken lines and count them, instead of stopping at the first.")
  private boolean skipBroken;

  @Option(names = "--keep-duplicates", description = "Keep documents that are exactly the same.")
  private boolean keepDuplicates;

  Corpus corpus(Workplace workplace) {
    Corpus.Builder corpus =
        Corpus.newBuilder().addAllFilters(filters).setDeduplicate(!keepDuplicates);
    for (Path path : paths) {
      corpus.addSources(source(workplace.resolve(path)));
    }
    return corpus.build();
  }

  private Source source(Path path) {
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
        .build();
  }
}
