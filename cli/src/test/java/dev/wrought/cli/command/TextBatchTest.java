package dev.wrought.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextBatchTest {
  private final List<List<Integer>> sent = new ArrayList<>();
  private final TextBatch batch =
      new TextBatch(texts -> sent.add(texts.stream().map(text -> text.length).toList()));

  private void add(int... lengths) {
    for (int length : lengths) {
      batch.add(new byte[length]);
    }
  }

  @Test
  void send_withoutTexts_handsNothingOn() {
    batch.send();
    add(1);
    batch.send();
    batch.send();
    assertEquals(List.of(List.of(1)), sent);
  }

  @Test
  void add_textsWithMoreBytesThanACallTakes_handsThemOnInOrder() {
    int most = TextBatch.MOST_BYTES;
    add(most - 1, 1, 0, 2, most - 1);
    batch.send();
    assertEquals(List.of(List.of(most - 1, 1, 0), List.of(2), List.of(most - 1)), sent);
  }

  @Test
  void add_textLongerThanACallTakes_isAlone() {
    int longer = TextBatch.MOST_BYTES + 1;
    add(3, longer, 4);
    batch.send();
    assertEquals(List.of(List.of(3), List.of(longer), List.of(4)), sent);
  }

  @Test
  void add_moreTextsThanACallTakes_handsThemOn() {
    add(new int[TextBatch.MOST_TEXTS + 1]);
    batch.send();
    assertEquals(
        List.of(TextBatch.MOST_TEXTS, 1), sent.stream().map(texts -> texts.size()).toList());
  }
}
