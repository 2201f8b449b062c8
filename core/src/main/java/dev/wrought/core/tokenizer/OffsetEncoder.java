package dev.wrought.core.tokenizer;

import dev.wrought.core.text.AlignedText;
import dev.wrought.core.text.Splitter;
import java.util.Arrays;

/** Encodes text word by word and keeps where each token comes from. For one thread and one text. */
final class OffsetEncoder {
  private final Splitter splitter;
  private final WordModel model;
  private int[] ids = new int[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;

  OffsetEncoder(Splitter splitter, WordModel model) {
    this.splitter = splitter;
    this.model = model;
  }

  /** Appends one token. */
  void add(int id, int start, int end) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    ids[size] = id;
    starts[size] = start;
    ends[size++] = end;
  }

  /** Appends the tokens of a text that was prepared, and is tracked. */
  void add(AlignedText text) {
    Splitter words = text.within(splitter);
    words.begin();
    for (int at = 0; at < text.length(); ) {
      int end = words.next(text.bytes(), at, text.length());
      if (end >= 0) {
        addWord(text, at, end);
      }
      at = end < 0 ? ~end : end;
    }
  }

  private void addWord(AlignedText text, int from, int to) {
    int count = model.encode(text.bytes(), from, to);
    int start = from;
    for (int token = 0; token < count; token++) {
      int end = model.ends()[token];
      add(model.ids()[token], text.start(start), text.end(end - 1));
      start = end;
    }
  }

  Encoding encoding() {
    return new Encoding(ids, starts, ends).part(0, size);
  }
}
