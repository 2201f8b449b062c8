package dev.wrought.tokenizer.report;

import static dev.wrought.tokenizer.report.PageText.cell;
import static dev.wrought.tokenizer.report.PageText.count;
import static dev.wrought.tokenizer.report.PageText.decimal;
import static dev.wrought.tokenizer.report.PageText.escaped;
import static dev.wrought.tokenizer.report.PageText.row;
import static dev.wrought.tokenizer.report.PageText.share;

import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.core.dataset.SplitCounts;
import dev.wrought.tokenizer.corpus.DropReason;
import dev.wrought.tokenizer.report.DatasetReport.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A report as a page that needs nothing else: no script, no font, no picture from elsewhere. Its
 * style is that of the services' pages, copied in. Whatever comes from a corpus is escaped.
 */
record ReportPage(DatasetReport report) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  String html() {
    LengthRows lengths = new LengthRows(report.train(), report.validation());
    Map<String, String> parts =
        Map.ofEntries(
            Map.entry("name", escaped(report.name())),
            Map.entry("style", shared("css/page.css") + resource("report.css")),
            Map.entry(
                "mark", shared("mark.svg").replace("<svg ", "<svg width=\"22\" height=\"22\" ")),
            Map.entry("tokenizer", tokenizer()),
            Map.entry("figures", figures()),
            Map.entry("splits", splits()),
            Map.entry("percents", lengths.percents()),
            Map.entry("percentiles", lengths.percentiles()),
            Map.entry("histogram", lengths.histogram()),
            Map.entry("vocabulary", vocabulary()),
            Map.entry("tokens", TokenItems.of(report.vocabulary().top())),
            Map.entry("dropped", dropped()),
            Map.entry("sources", sources()),
            Map.entry("corpus", corpus()));
    return PLACE
        .matcher(resource("report.html"))
        .replaceAll(
            place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), place.group())));
  }

  private String tokenizer() {
    DatasetFacts.TokenizerFacts tokenizer = report.tokenizer();
    return "tokens of <b>%s</b>, %s of them, digest <code>%s</code>"
        .formatted(
            escaped(tokenizer.name()), count(tokenizer.vocabularySize()), tokenizer.digest());
  }

  private String figures() {
    SplitCounts total = report.total();
    VocabularyUse vocabulary = report.vocabulary();
    return figure("Tokens", count(total.tokens()), "with ends of text")
        + figure("Documents", count(total.documents()), "of both splits")
        + figure("Bytes", count(total.bytes()), "after the filters")
        + figure("Words per 100 tokens", decimal(total.wordsPer100Tokens(), 1), "of text")
        + figure("Bytes per token", decimal(total.bytesPerToken(), 2), "of text")
        + figure(
            "Vocabulary used",
            share((double) vocabulary.used() / Math.max(1, vocabulary.size())),
            count(vocabulary.unused()) + " never occur");
  }

  private static String figure(String name, String value, String of) {
    return "    <div><dt>%s</dt><dd>%s</dd><dd class=\"of\">%s</dd></div>\n"
        .formatted(name, value, of);
  }

  private String splits() {
    return split("to train on", report.train()) + split("held out", report.validation());
  }

  private static String split(String name, Part part) {
    SplitCounts counts = part.counts();
    return row(
        List.of(
            cell(name),
            cell(count(counts.documents())),
            cell(count(counts.tokens())),
            cell(count(counts.bytes())),
            cell(count(counts.words())),
            cell(decimal(part.wordsPer100Tokens(), 1)),
            cell(decimal(part.bytesPerToken(), 2))));
  }

  private String vocabulary() {
    VocabularyUse use = report.vocabulary();
    return "%s of %s tokens occur; %s never do. The most frequent, of both splits:"
        .formatted(count(use.used()), count(use.size()), count(use.unused()));
  }

  private String dropped() {
    if (report.dropped().isEmpty()) {
      return "    <p>Nothing: every document read has a place.</p>\n";
    }
    long read =
        report.corpus().sources().stream().mapToLong(DatasetFacts.SourceFacts::documents).sum();
    String rows =
        report.dropped().entrySet().stream()
            .map(each -> reason(each.getKey(), each.getValue(), read))
            .collect(Collectors.joining());
    return """
        <div class="wide"><table class="reasons">
          <thead><tr><th scope="col">Reason</th><th scope="col">Documents</th><th scope="col">Of all read</th></tr></thead>
          <tbody>
    %s      </tbody>
        </table></div>
    """
        .formatted(rows);
  }

  private static String reason(String reason, long documents, long read) {
    String meaning = "<small>%s</small>".formatted(DropReason.meaning(reason));
    return row(
        List.of(
            cell("<span>%s</span>".formatted(escaped(reason)) + meaning),
            cell(count(documents)),
            cell(share((double) documents / Math.max(1, read)))));
  }

  private String sources() {
    StringBuilder rows = new StringBuilder();
    for (DatasetFacts.SourceFacts source : report.corpus().sources()) {
      rows.append(
          row(
              List.of(
                  "<td class=\"path\"><code>%s</code></td>".formatted(escaped(source.path())),
                  cell(escaped(source.kind())),
                  cell(String.valueOf(source.weight()).replaceAll("\\.0$", "")),
                  cell(count(source.documents())),
                  cell(count(source.bytes())))));
    }
    return rows.toString();
  }

  private String corpus() {
    DatasetFacts.CorpusFacts corpus = report.corpus();
    String filters =
        corpus.filters().isEmpty()
            ? "no filters"
            : "filters, in this order: "
                + corpus.filters().stream()
                    .map(filter -> "<code>%s</code>".formatted(escaped(filter)))
                    .collect(Collectors.joining(", "));
    String near =
        corpus.nearDuplicates() == 0
            ? "similar ones are not looked for"
            : "of those with a similarity of %s the first is kept"
                .formatted(corpus.nearDuplicates());
    return "%s; equal documents are %s; %s; %s of the documents meant to be held out, by their hash."
        .formatted(
            filters,
            corpus.deduplicated() ? "kept once" : "all kept",
            near,
            share(corpus.validationFraction()));
  }

  /** What the services' pages have in common. */
  private static String shared(String name) {
    return read("/META-INF/resources/" + name);
  }

  private static String resource(String name) {
    return read("/dev/wrought/tokenizer/report/" + name);
  }

  private static String read(String path) {
    try (InputStream in = ReportPage.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the build has left out " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
