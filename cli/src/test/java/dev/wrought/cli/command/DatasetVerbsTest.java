package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrought.cli.standin.StandInServices;
import dev.wrought.core.dataset.Dataset;
import dev.wrought.core.dataset.DatasetFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dataset ...} against stand-ins of the services: for people and as JSON. */
class DatasetVerbsTest {
  private final Path folder;
  @AutoClose private final StandInServices standIns;
  private final Verbs verbs;

  DatasetVerbsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    standIns = StandInServices.in(folder.resolve("home"));
    verbs = new Verbs(folder, standIns.portBase());
    Files.writeString(folder.resolve("text.txt"), "Once upon a time");
  }

  private void trained() {
    assertEquals(0, verbs.run("tokenizer", "train", "demo", "--corpus", "text.txt"));
  }

  @Test
  void datasetBuild_weightFiltersAndNearDuplicates_areThoseOfTheRequest() throws IOException {
    trained();
    Files.writeString(folder.resolve("more.txt"), "more");
    String[] words = {
      "dataset",
      "build",
      "d",
      "--tokenizer",
      "demo",
      "--json",
      "--corpus",
      "text.txt",
      "--weight",
      "2.5",
      "--corpus",
      "more.txt",
      "--filter",
      "c4",
      "--filter",
      "length: {minWords: 5, maxWords: 9}",
      "--near-duplicates",
      "0.8"
    };
    assertEquals(0, verbs.run(words), verbs.err());
    DatasetFacts.CorpusFacts corpus =
        Dataset.open(Path.of(verbs.json().get("path").asText())).facts().corpus();
    assertEquals(
        List.of("text.txt 2.5", "more.txt 1.0"),
        corpus.sources().stream()
            .map(source -> Path.of(source.path()).getFileName() + " " + source.weight())
            .toList());
    assertEquals(List.of("c4", "length: {minWords: 5, maxWords: 9}"), corpus.filters());
    assertEquals(0.8, corpus.nearDuplicates());
  }

  @Test
  void datasetInspect_showsCounts_andAnyDocumentToTheByte() {
    verbs.run("tokenizer", "train", "demo", "--corpus", "text.txt");
    verbs.run("dataset", "build", "d", "--tokenizer", "demo", "--corpus", "text.txt");
    assertEquals(0, verbs.run("dataset", "inspect", "d"));
    assertTrue(verbs.out().contains("documents, "), verbs.out());
    assertTrue(verbs.out().matches("(?s).*\nreport      /.*/report.html\n.*"), verbs.out());
    assertEquals(0, verbs.run("dataset", "inspect", "d", "--json"));
    assertTrue(verbs.out().contains("\"tokenizer\""), verbs.out());
    assertEquals(0, verbs.run("dataset", "inspect", "d", "--document", "0"));
    String text = verbs.out();
    assertFalse(text.isEmpty());
    assertEquals(0, verbs.run("dataset", "inspect", "d", "--document", "0", "--json"));
    assertTrue(verbs.out().contains("\"ids\":["), verbs.out());
    assertEquals(3, verbs.run("dataset", "inspect", "d", "--document", "99999"));
    assertTrue(verbs.err().contains("the split train has 0 to "), verbs.err());
    assertEquals(3, verbs.run("dataset", "inspect", "nosuch"));
    assertTrue(verbs.err().contains("there are: [d]"), verbs.err());
  }

  @Test
  void datasetBuildAndList_showCounts() {
    trained();
    assertEquals(
        0, verbs.run("dataset", "build", "d", "--tokenizer", "demo", "--corpus", "text.txt"));
    assertTrue(verbs.out().matches("d@[0-9a-f]{64}\n"), verbs.out());
    assertTrue(verbs.err().contains("left out: 2 duplicate"), verbs.err());
    assertTrue(
        verbs.err().contains("goes on from before: 3 shards, 70 documents of the corpus"),
        verbs.err());
    assertTrue(verbs.err().contains("begins anew: the tokenizer is another one"), verbs.err());
    assertTrue(verbs.err().matches("(?s).*\nreport: /.*/report.html\n.*"), verbs.err());
    assertTrue(verbs.err().contains("36 tokens are held out, fewer than"), verbs.err());
    assertEquals(0, verbs.run("dataset", "list"));
    assertTrue(verbs.out().contains("WORDS/100"), verbs.out());
    assertEquals(0, verbs.run("dataset", "list", "--json"));
    assertEquals(2, verbs.json().get(0).get("train").get("documents").asInt());
  }
}
