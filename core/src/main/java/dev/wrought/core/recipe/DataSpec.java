package dev.wrought.core.recipe;

import dev.wrought.core.config.Checks;
import dev.wrought.core.config.Default;
import dev.wrought.core.config.Doc;
import dev.wrought.core.config.Example;
import dev.wrought.core.config.Matches;
import dev.wrought.core.config.MoreThan;
import dev.wrought.core.config.Size;
import java.util.List;

/** What the model is trained on. */
public record DataSpec(
    @Doc("One or more datasets; sequences are drawn from them by weight.")
        @Example("[{dataset: my-data}]")
        @Size(min = 1, max = 64)
        List<Source> mixture,
    @Doc("How documents share a sequence.") @Default("{}") Packing packing) {

  public DataSpec {
    mixture = List.copyOf(mixture);
    Checks.of(DataSpec.class, mixture, packing)
        .that(
            mixture.stream().map(Source::dataset).distinct().count() == mixture.size(),
            "names a dataset twice; add their weights up",
            "mixture")
        .done();
  }

  /** One dataset of a mixture. */
  public record Source(
      @Doc("Name, name@digest, or absolute path of a dataset.")
          @Example("my-data")
          @Matches(value = References.PATTERN, words = References.WORDS)
          String dataset,
      @Doc("The share of the training sequences, relative to the other datasets' weights.")
          @MoreThan(0)
          @Default("1")
          double weight) {
    public Source {
      Checks.of(Source.class, dataset, weight).done();
    }
  }

  /** How documents share a sequence. */
  public record Packing(
      @Doc("Whether a token may attend to the document before its own in the same sequence.")
          @Default("false")
          boolean crossDocumentAttention) {}
}
