package dev.wrought.tokenizer.report;

import static dev.wrought.tokenizer.report.PageText.cell;
import static dev.wrought.tokenizer.report.PageText.count;
import static dev.wrought.tokenizer.report.PageText.decimal;

import dev.wrought.tokenizer.report.DatasetReport.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The lengths of documents as rows of the page's tables. */
record LengthRows(Part train, Part heldOut) {
  /** The heads of the columns of percentiles. */
  String percents() {
    return train.lengths().percentiles().stream()
        .map(each -> "<th scope=\"col\">%d %%</th>".formatted(each.percent()))
        .collect(Collectors.joining());
  }

  String percentiles() {
    return percentiles("to train on", train.lengths()) + percentiles("held out", heldOut.lengths());
  }

  private static String percentiles(String name, Lengths lengths) {
    List<String> cells = new ArrayList<>();
    cells.add(cell(name));
    cells.add(cell(count(lengths.shortest())));
    lengths.percentiles().forEach(each -> cells.add(cell(count(each.tokens()))));
    cells.add(cell(count(lengths.longest())));
    cells.add(cell(decimal(lengths.mean(), 1)));
    return PageText.row(cells);
  }

  /** Ranges of either split, each with a bar for both. */
  String histogram() {
    Map<Integer, Lengths.Range> toTrain = byLength(train);
    Map<Integer, Lengths.Range> held = byLength(heldOut);
    Map<Integer, Lengths.Range> all = new TreeMap<>(toTrain);
    all.putAll(held);
    double most = Math.max(mostShare(train), mostShare(heldOut));
    return all.values().stream()
        .map(range -> row(range, documents(toTrain, range), documents(held, range), most))
        .collect(Collectors.joining());
  }

  private String row(Lengths.Range range, long toTrain, long held, double most) {
    return PageText.row(
        List.of(
            cell(count(range.from()) + "–" + count(range.to())),
            cell(bar("train", toTrain, train, most) + bar("held-out", held, heldOut, most)),
            "<td class=\"figure\">%s</td>".formatted(count(toTrain)),
            "<td class=\"figure\">%s</td>".formatted(count(held))));
  }

  private static Map<Integer, Lengths.Range> byLength(Part part) {
    return part.lengths().histogram().stream()
        .collect(Collectors.toMap(Lengths.Range::from, Function.identity()));
  }

  private static long documents(Map<Integer, Lengths.Range> ranges, Lengths.Range wanted) {
    Lengths.Range range = ranges.get(wanted.from());
    return range == null ? 0 : range.documents();
  }

  private static double mostShare(Part part) {
    return part.lengths().histogram().stream()
        .mapToDouble(range -> (double) range.documents() / part.counts().documents())
        .max()
        .orElse(0);
  }

  private static String bar(String split, long documents, Part part, double most) {
    if (documents == 0) {
      return "";
    }
    double share = (double) documents / part.counts().documents();
    return "<span class=\"bar %s\" style=\"--share:%s%%\"></span>"
        .formatted(split, decimal(100 * share / most, 2));
  }
}
