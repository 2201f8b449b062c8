package dev.wrought.cli.demo;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import dev.wrought.proto.tokenizer.v1.Corpus;
import dev.wrought.proto.tokenizer.v1.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The text of a demo.
 *
 * @param title in the report
 * @param path absolute
 * @param prompts what the model shall go on from; empty: the openings of held-out documents
 */
record DemoCorpus(String title, Path path, List<String> prompts) {
  /** Beginnings that everybody who knows Java can judge the rest by. */
  private static final List<String> JAVA =
      List.of("public class ", "    /**\n     * Returns ", "    for (int i = 0; ");

  DemoCorpus {
    prompts = List.copyOf(prompts);
  }

  static DemoCorpus of(DemoOrder order) {
    return order.corpus().map(DemoCorpus::named).orElseGet(DemoCorpus::ofThisJdk);
  }

  private static DemoCorpus named(Path path) {
    if (!Files.isReadable(path)) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "no corpus at " + path + ": no such file or folder, or not readable");
    }
    return new DemoCorpus(path.toString(), path, List.of());
  }

  private static DemoCorpus ofThisJdk() {
    return ofJdk(Path.of(System.getProperty("java.home")));
  }

  /** The sources that a JDK carries: about 15,000 files. */
  static DemoCorpus ofJdk(Path javaHome) {
    Path sources = javaHome.resolve("lib").resolve("src.zip");
    if (!Files.isRegularFile(sources)) {
      throw new WroughtException(
          ErrorCode.NOT_FOUND,
          "no corpus at %s: this JDK came without its sources; install them (Debian: openjdk-25-source),"
                  .formatted(sources)
              + " set JAVA_HOME to a JDK that has them, or name any text by --corpus PATH");
    }
    return new DemoCorpus(
        "Java sources of JDK " + Runtime.version().feature(), sources.toAbsolutePath(), JAVA);
  }

  /** As tokenizer-svc reads it: without licence headers, each document once. */
  Corpus message() {
    boolean lines = path.toString().endsWith(".jsonl");
    return Corpus.newBuilder()
        .addSources(Source.newBuilder().setPath(path.toString()).setSkipBroken(lines))
        .addFilters("licence-header")
        .setDeduplicate(true)
        .build();
  }
}
