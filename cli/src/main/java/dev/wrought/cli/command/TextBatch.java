package dev.wrought.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Texts that wait to be encoded together, as many as one call of the tokenizer's service takes;
 * they are handed on in their order. A text that is longer than that is handed on alone.
 */
final class TextBatch {
  /** Of the texts of one call together, as EncodeBatchRequest says. */
  static final int MOST_BYTES = 1 << 20;

  /** Of one call, as EncodeBatchRequest says. */
  static final int MOST_TEXTS = 10_000;

  private final Consumer<List<byte[]>> receiver;
  private final List<byte[]> waiting = new ArrayList<>();
  private long bytes;

  TextBatch(Consumer<List<byte[]>> receiver) {
    this.receiver = receiver;
  }

  /** Adds a text, after those that wait have been handed on if it has no room beside them. */
  void add(byte[] text) {
    if (waiting.size() == MOST_TEXTS || bytes + text.length > MOST_BYTES) {
      send();
    }
    waiting.add(text);
    bytes += text.length;
  }

  /** Hands on what waits, if anything does. */
  void send() {
    if (!waiting.isEmpty()) {
      List<byte[]> texts = List.copyOf(waiting);
      waiting.clear();
      bytes = 0;
      receiver.accept(texts);
    }
  }
}
