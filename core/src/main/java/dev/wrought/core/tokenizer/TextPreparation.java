package dev.wrought.core.tokenizer;

import dev.wrought.core.text.AlignedText;
import dev.wrought.core.text.AlignedText.Rewriting;
import dev.wrought.core.text.MarkSplitter;
import dev.wrought.core.text.NestedSplitter;
import dev.wrought.core.text.Normalizer;
import dev.wrought.core.text.Splitter;
import dev.wrought.core.tokenizer.PreTokenizer.MarkSpaces;
import dev.wrought.core.tokenizer.PreTokenizer.MarkSpaces.Prepend;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is done to text before a model sees its words: the normalizer and the pre-tokenizers of a
 * tokenizer, as the steps that change text and the splitter that cuts what comes of them. Most
 * tokenizers change nothing; their text is cut as it is. Immutable and thread-safe.
 */
final class TextPreparation {
  private static final byte[] SPACE = {' '};

  /** A step that changes each piece of text that the rules before it make. */
  private record Change(List<Supplier<Splitter>> cuts, PreTokenizer step) {}

  private final Normalizer normalizer;
  private final List<Change> changes = new ArrayList<>();

  /** What cuts after the last change. */
  private final List<Supplier<Splitter>> cuts;

  TextPreparation(TokenizerParts parts) {
    this.normalizer = parts.normalizer();
    List<Supplier<Splitter>> pending = new ArrayList<>();
    for (PreTokenizer step : parts.preTokenizers()) {
      switch (step) {
        case PreTokenizer.Cut(var split) -> {
          split.check();
          pending.add(split::splitter);
        }
        case PreTokenizer.CutWritten(var split) -> {
          split.check();
          pending.add(() -> new ByteLevelSplitter(split.splitter()));
        }
        case PreTokenizer.PrefixSpace prefix -> {
          changes.add(new Change(List.copyOf(pending), prefix));
          pending.clear();
        }
        case MarkSpaces marks -> {
          changes.add(new Change(List.copyOf(pending), marks));
          pending.clear();
          if (marks.split()) {
            pending.add(() -> new MarkSplitter(marks.mark(), true));
          }
        }
      }
    }
    if (pending.isEmpty() && SpaceMarks.beginWords(parts)) {
      pending.add(() -> new MarkSplitter(parts.decoding().spaceMark(), false));
    }
    this.cuts = List.copyOf(pending);
  }

  /** Whether text is more than cut. */
  boolean changesText() {
    return !changes.isEmpty() || !normalizer.isNone();
  }

  /** The text after the normalizer. */
  AlignedText normalized(AlignedText text) {
    return normalizer.apply(text);
  }

  /** The name of an added token that is looked for in normalized text. */
  AlignedText normalizedToken(AlignedText content) {
    return normalizer.ofTokens().apply(content);
  }

  /**
   * Normalized text after the pre-tokenizers, but for the last cuts.
   *
   * @param first whether it begins the whole text
   */
  AlignedText changed(AlignedText normalized, boolean first) {
    AlignedText text = normalized;
    for (Change change : changes) {
      text = changed(text, change, first);
    }
    return text;
  }

  /** What makes the words of prepared text; for one thread. */
  Splitter splitter() {
    return nested(cuts);
  }

  private static Splitter nested(List<Supplier<Splitter>> cuts) {
    return NestedSplitter.of(cuts.stream().map(Supplier::get).toList());
  }

  private static AlignedText changed(AlignedText text, Change change, boolean first) {
    Splitter pieces = text.within(nested(change.cuts()));
    pieces.begin();
    Rewriting result = text.rewriting();
    for (int at = 0; at < text.length(); ) {
      int end = pieces.next(text.bytes(), at, text.length());
      if (end < 0) {
        at = ~end;
        continue;
      }
      result.cut();
      switch (change.step()) {
        case MarkSpaces marks -> mark(text, at, end, marks, first && at == 0, result);
        case PreTokenizer.PrefixSpace _ -> {
          if (text.bytes()[at] != ' ') {
            result.insert(SPACE, at);
          }
          result.copy(at, end);
        }
        case PreTokenizer.Cut _, PreTokenizer.CutWritten _ ->
            throw new IllegalStateException("a cut changes nothing");
      }
      at = end;
    }
    return result.done();
  }

  private static void mark(
      AlignedText text, int from, int to, MarkSpaces marks, boolean first, Rewriting result) {
    byte[] mark = marks.mark().getBytes(StandardCharsets.UTF_8);
    boolean begins =
        text.bytes()[from] == ' '
            || new String(text.bytes(), from, to - from, StandardCharsets.UTF_8)
                .startsWith(marks.mark());
    boolean wanted =
        marks.prepend() == Prepend.ALWAYS || (marks.prepend() == Prepend.FIRST && first);
    if (wanted && !begins) {
      result.insert(mark, from);
    }
    int copied = from;
    for (int at = from; at < to; at++) {
      if (text.bytes()[at] == ' ') {
        result.copy(copied, at);
        result.put(mark, at, at + 1);
        copied = at + 1;
      }
    }
    result.copy(copied, to);
  }
}
