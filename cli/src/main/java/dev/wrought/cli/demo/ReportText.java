package dev.wrought.cli.demo;

import dev.wrought.cli.terminal.Amounts;
import dev.wrought.cli.terminal.Lines;
import dev.wrought.cli.terminal.Terminal;
import dev.wrought.cli.terminal.Terminal.Style;
import dev.wrought.core.dataset.DatasetFacts;
import dev.wrought.proto.trainer.v1.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** A report for people: rules, bars and colours on a terminal, plain lines elsewhere. */
public final class ReportText {
  private static final int LABEL = 13;
  private static final int BAR = 30;
  private static final int SAMPLE_LINES = 14;

  private final Terminal terminal;
  private final DemoReport report;

  public ReportText(Terminal terminal, DemoReport report) {
    this.terminal = terminal;
    this.report = report;
  }

  /**
   * To stdout.
   *
   * @param dashboard its address
   */
  public void print(String dashboard) {
    head();
    made();
    comparison();
    samples();
    places(dashboard);
    next();
  }

  private void head() {
    terminal.result("");
    terminal.result(terminal.styledResult(Style.STRONG, "What was made"));
    rule();
  }

  private void made() {
    DatasetFacts facts = report.facts();
    Trained trained = report.trained();
    Run run = trained.run();
    line("corpus", report.corpus());
    line(
        "",
        "%s documents, %s"
            .formatted(Amounts.exact(report.documents()), Amounts.bytes(report.corpusBytes())));
    line(
        "tokens",
        "%s, %s words per 100 tokens"
            .formatted(
                Amounts.count(report.tokens()), Amounts.decimal(facts.wordsPer100Tokens(), 1)));
    line("parameters", Amounts.exact(run.getParameters()));
    line(
        "training",
        "%s steps, %s tokens, %s tokens/s"
            .formatted(
                Amounts.exact(run.getStep()),
                Amounts.count(run.getTotalTokens()),
                Amounts.count(Math.round(trained.tokensPerSecond()))));
    line(
        "loss",
        "%s first, %s last%s"
            .formatted(
                loss(trained.firstLoss()),
                loss(trained.lastLoss()),
                run.hasValidationLoss() ? ", " + loss(run.getValidationLoss()) + " held out" : ""));
  }

  /** The model's bits per byte between what a compressor and a simple model need. */
  private void comparison() {
    terminal.result("");
    terminal.result(
        terminal.styledResult(Style.STRONG, "Bits per byte")
            + " of %s held-out bytes; less is better"
                .formatted(Amounts.exact(report.score().getBytes())));
    rule();
    double model = report.score().getBitsPerByte();
    double most = Math.max(model, Math.max(report.gzip().orElse(0), report.trigram().orElse(0)));
    bits("this model", OptionalDouble.of(model), most, Style.STRONG);
    bits("gzip -9", report.gzip(), most, Style.QUIET);
    bits("trigrams", report.trigram(), most, Style.QUIET);
    verdict(model).forEach(terminal::result);
  }

  private void bits(String name, OptionalDouble value, double most, Style style) {
    String number = value.isPresent() ? Amounts.decimal(value.getAsDouble(), 3) : "not known";
    String bar = "";
    if (terminal.look().interactiveOut() && value.isPresent() && most > 0) {
      String cell = terminal.look().unicode() ? "█" : "#";
      int cells = (int) Math.round(BAR * value.getAsDouble() / most);
      bar = "  " + terminal.styledResult(style, cell.repeat(Math.clamp(cells, 1, BAR)));
    }
    terminal.result("%s %7s%s".formatted(label(name), number, bar));
  }

  /** What the numbers mean, also where they are no success. */
  private List<String> verdict(double model) {
    if (!Double.isFinite(model)) {
      return List.of("The model's score is not finite: its weights are of no use.");
    }
    if (report.gzip().isEmpty() || report.trigram().isEmpty()) {
      return List.of("There is nothing to compare it with: the baselines were not measured.");
    }
    double overGzip = model / report.gzip().getAsDouble();
    double overTrigram = model / report.trigram().getAsDouble();
    String verdict =
        "Needs %s than the trigram model, and %s than gzip -9."
            .formatted(bits(overTrigram), bits(overGzip));
    if (overTrigram < 1 && overGzip <= DemoReport.GOAL_OVER_GZIP) {
      return List.of(good(verdict));
    }
    return List.of(
        warning(verdict),
        "The goal: fewer than the trigram model, and at most %s%% more than gzip -9."
            .formatted(Amounts.decimal(100 * (DemoReport.GOAL_OVER_GZIP - 1), 0)),
        "Longer training mends that: ./wrought demo --minutes " + longer());
  }

  private static String bits(double ratio) {
    String share = Amounts.decimal(100 * Math.abs(ratio - 1), 1);
    return share + (ratio < 1 ? "% fewer bits" : "% more bits");
  }

  /** Three times what was asked for, and at least 15. */
  private long longer() {
    return Math.max(15, 3 * report.asked().toMinutes());
  }

  private String good(String text) {
    return terminal.styledResult(Style.GOOD, text);
  }

  private String warning(String text) {
    return terminal.styledResult(Style.WARNING, text);
  }

  private void samples() {
    for (int i = 0; i < report.samples().size(); i++) {
      terminal.result("");
      terminal.result(
          terminal.styledResult(
              Style.STRONG, "Sample %d of %d".formatted(i + 1, report.samples().size())));
      rule();
      sample(report.samples().get(i));
    }
  }

  /** The prompt stands out from what was written; control characters do not reach the terminal. */
  private void sample(Sample sample) {
    List<String> prompt = readable(sample.prompt()).lines().toList();
    List<String> lines = readable(sample.prompt() + sample.text()).lines().toList();
    int width = terminal.look().interactiveOut() ? terminal.look().columns() : Integer.MAX_VALUE;
    for (int i = 0; i < Math.min(SAMPLE_LINES, lines.size()); i++) {
      String line = Lines.cut(lines.get(i), width);
      int given = i < prompt.size() ? Math.min(prompt.get(i).length(), line.length()) : 0;
      terminal.result(
          given == 0
              ? line
              : terminal.styledResult(Style.STRONG, line.substring(0, given))
                  + line.substring(given));
    }
    if (lines.size() > SAMPLE_LINES) {
      terminal.result(terminal.styledResult(Style.QUIET, "..."));
    }
  }

  private static String readable(String text) {
    return Lines.readable(text).replace("\t", "    ");
  }

  private void places(String dashboard) {
    Path checkpoint = report.checkpoint();
    terminal.result("");
    terminal.result(terminal.styledResult(Style.STRONG, "Where it is"));
    rule();
    line("checkpoint", checkpoint.toString());
    line("card", checkpoint.resolve("MODEL_CARD.md").toString());
    line("dashboard", dashboard);
  }

  private void next() {
    String run = report.trained().run().getName();
    terminal.result("");
    terminal.result(terminal.styledResult(Style.STRONG, "Next"));
    rule();
    next("./wrought generate --model run:" + run + " '" + prompt() + "'", "lets it write more");
    next("./wrought runs show " + run + " --recipe", "how it was made, every setting");
    next("./wrought demo --corpus FOLDER", "the same with your own text");
  }

  /** The first line of the first prompt that a shell takes as it is. */
  private String prompt() {
    return report.samples().stream()
        .map(sample -> sample.prompt().lines().findFirst().orElse(""))
        .map(Lines::single)
        .filter(text -> !text.isEmpty() && !text.contains("'"))
        .findFirst()
        .orElse("The ");
  }

  private void next(String command, String purpose) {
    terminal.result(command);
    terminal.result("    " + terminal.styledResult(Style.QUIET, purpose));
  }

  private void line(String label, String value) {
    terminal.result(label(label) + " " + value);
  }

  private String label(String label) {
    return terminal.styledResult(Style.QUIET, label + " ".repeat(LABEL - label.length()));
  }

  private void rule() {
    if (terminal.look().interactiveOut()) {
      String line = terminal.look().unicode() ? "─" : "-";
      int width = Math.min(terminal.look().columns(), 80);
      terminal.result(terminal.styledResult(Style.QUIET, line.repeat(width)));
    }
  }

  private static String loss(double value) {
    return Double.isNaN(value) ? "not finite" : Amounts.decimal(value, 3);
  }
}
