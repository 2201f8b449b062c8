package dev.wrought.tokenizer.report;

import java.util.List;
import java.util.Locale;

/** Figures and text as they stand on the page. */
final class PageText {
  private PageText() {}

  static String row(List<String> cells) {
    return "        <tr>%s</tr>\n".formatted(String.join("", cells));
  }

  static String cell(String content) {
    return "<td>%s</td>".formatted(content);
  }

  /** With thin spaces: {@code 1 234 567}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '\u2009');
  }

  static String decimal(double number, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }

  /** In per cent. @param share 0 to 1 */
  static String share(double share) {
    return decimal(100 * share, 2) + "\u2009%";
  }

  /** Text of strangers, so that none of it is markup. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
