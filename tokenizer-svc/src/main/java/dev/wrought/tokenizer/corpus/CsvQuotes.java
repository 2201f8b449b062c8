package dev.wrought.tokenizer.corpus;

/**
 * Tells which line ends of a CSV file are within quotes and so end no record. A quote opens a field
 * only at its beginning; doubled within a quoted field, it stands for itself. For one thread.
 */
final class CsvQuotes implements LineReader.LineEnd {
  private enum State {
    FIELD_BEGIN,
    PLAIN,
    QUOTED,
    /** After a quote within a quoted field: it closed the field, or the next one doubles it. */
    QUOTE
  }

  private State state = State.FIELD_BEGIN;
  private long line = 1;

  /** The line, counted from 1, that the next record begins at. */
  long line() {
    return line;
  }

  @Override
  public int find(byte[] buffer, int from, int to) {
    for (int at = from; at < to; at++) {
      switch (buffer[at]) {
        case '"' -> state = afterQuote();
        case ',' -> state = after(State.FIELD_BEGIN);
        case '\n' -> {
          line++;
          state = after(State.FIELD_BEGIN);
          if (state == State.FIELD_BEGIN) {
            return at;
          }
        }
        default -> state = after(State.PLAIN);
      }
    }
    return to;
  }

  private State after(State unquoted) {
    return state == State.QUOTED ? State.QUOTED : unquoted;
  }

  private State afterQuote() {
    return switch (state) {
      case FIELD_BEGIN, QUOTE -> State.QUOTED;
      case QUOTED -> State.QUOTE;
      case PLAIN -> State.PLAIN;
    };
  }
}
