package dev.wrought.cli.client;

import dev.wrought.core.error.ErrorCode;
import dev.wrought.core.error.WroughtException;
import java.util.Iterator;
import java.util.function.Consumer;

/** Reads streams of answers. */
public final class Streams {
  private Streams() {}

  /**
   * The last message of a stream, which carries its result.
   *
   * @param each told of every message, the last included
   */
  public static <M> M last(Iterator<M> stream, Consumer<M> each) {
    if (!stream.hasNext()) {
      throw new WroughtException(
          ErrorCode.INTERNAL_ERROR, "the service ended its answer without a result");
    }
    M message = stream.next();
    each.accept(message);
    while (stream.hasNext()) {
      message = stream.next();
      each.accept(message);
    }
    return message;
  }
}
