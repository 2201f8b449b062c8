package dev.wrought.core.error;

import static dev.wrought.core.error.ErrorKind.EXTERNAL;
import static dev.wrought.core.error.ErrorKind.INSUFFICIENT_RESOURCES;
import static dev.wrought.core.error.ErrorKind.INTERNAL;
import static dev.wrought.core.error.ErrorKind.USER;

/**
 * What went wrong, with a number that never changes: 1xxx USER, 2xxx INTERNAL, 3xxx
 * INSUFFICIENT_RESOURCES, 4xxx EXTERNAL.
 */
public enum ErrorCode {
  /** A value is out of its range or of the wrong form. */
  INVALID_ARGUMENT(1001, USER),
  /** The thing named does not exist. */
  NOT_FOUND(1002, USER),
  /** The name is taken. */
  ALREADY_EXISTS(1003, USER),
  /** A recipe has problems; the message lists all of them. */
  INVALID_RECIPE(1004, USER),
  /** The thing is in a state in which this cannot be done. */
  FAILED_PRECONDITION(1005, USER),
  /** A plugin jar was built against another version of the interface, or takes a taken name. */
  INVALID_PLUGIN(1006, USER),
  /** The tokenizer's digest is not the one that the weights or the data were made with. */
  DIGEST_MISMATCH(1007, USER),
  /** A document or row of a corpus cannot be read. */
  INVALID_DATA(1008, USER),
  /** The caller may not do this, or came from a host or origin that is not allowed. */
  PERMISSION_DENIED(1009, USER),
  /** The caller went away or took its request back. */
  CANCELLED(1010, USER),
  /** A defect. */
  INTERNAL_ERROR(2001, INTERNAL),
  /** Training loss or gradients became NaN or infinite. */
  NON_FINITE(2002, INTERNAL),
  /** Not enough memory. */
  OUT_OF_MEMORY(3001, INSUFFICIENT_RESOURCES),
  /** Too many requests at once; later it will work. */
  OVERLOADED(3002, INSUFFICIENT_RESOURCES),
  /** No room on the disk, or no permission to write. */
  STORAGE(3003, INSUFFICIENT_RESOURCES),
  /** A port is taken. */
  PORT_IN_USE(3004, INSUFFICIENT_RESOURCES),
  /** Another process holds the lock. */
  LOCKED(3005, INSUFFICIENT_RESOURCES),
  /** A native library is missing or does not fit the processor. */
  NATIVE_LIBRARY(3006, INSUFFICIENT_RESOURCES),
  /** A peer does not answer. */
  UNAVAILABLE(4001, EXTERNAL),
  /** A file is damaged: its digest or its structure is wrong. */
  CORRUPT_FILE(4002, EXTERNAL),
  /** The deadline passed. */
  DEADLINE_EXCEEDED(4003, EXTERNAL);

  private final int number;
  private final ErrorKind kind;

  ErrorCode(int number, ErrorKind kind) {
    this.number = number;
    this.kind = kind;
  }

  /** The stable number. */
  public int number() {
    return number;
  }

  /** The number as it is written: {@code WROUGHT-1001}. */
  public String label() {
    return "WROUGHT-" + number;
  }

  public ErrorKind kind() {
    return kind;
  }
}
