package dev.wrought.tokenizer.corpus;

import java.io.IOException;

/** Thrown by {@link Content#read} of a document that is to be left out after all. */
public final class DroppedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason of {@link DropReason}, or the source's own
   */
  public DroppedException(String reason) {
    super("left out: " + reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
