package dev.wrought.tokenizer.report;

import static dev.wrought.tokenizer.report.PageText.count;
import static dev.wrought.tokenizer.report.PageText.decimal;
import static dev.wrought.tokenizer.report.PageText.escaped;
import static dev.wrought.tokenizer.report.PageText.share;

import dev.wrought.tokenizer.report.VocabularyUse.TopToken;
import java.util.List;

/** The most frequent tokens as a list on the page. */
final class TokenItems {
  private TokenItems() {}

  static String of(List<TopToken> top) {
    StringBuilder items = new StringBuilder();
    for (int rank = 0; rank < top.size(); rank++) {
      TopToken token = top.get(rank);
      items.append(
          """
                <li style="--share:%s%%"><span class="rank">%d</span>%s<span class="count">%s</span><span class="share">%s</span></li>
          """
              .formatted(
                  decimal(100 * token.share() / top.getFirst().share(), 2),
                  rank + 1,
                  label(token),
                  count(token.count()),
                  share(token.share())));
    }
    return items.toString();
  }

  /** What is seen of a token: blanks as signs, what is no text by itself as hex digits. */
  private static String label(TopToken token) {
    boolean part = token.text().indexOf('\uFFFD') >= 0 || token.text().isEmpty();
    String kind = token.special() ? " special" : part ? " part" : "";
    String seen = part ? token.bytes() : visible(token.text());
    return "<span class=\"token%s\" title=\"id %d, bytes %s\">%s</span>"
        .formatted(kind, token.id(), token.bytes(), escaped(seen));
  }

  private static String visible(String text) {
    StringBuilder seen = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case ' ' -> seen.append('·');
            case '\n' -> seen.append('⏎');
            case '\r' -> seen.append('␍');
            case '\t' -> seen.append('⇥');
            default -> {
              if (Character.isISOControl(c)) {
                seen.append("\\x%02x".formatted(c));
              } else {
                seen.appendCodePoint(c);
              }
            }
          }
        });
    return seen.toString();
  }
}
