package dev.wrought.core.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure whose message is meant for the user: what, the actual value, what is allowed, the
 * remedy.
 */
public final class WroughtException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public WroughtException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public WroughtException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  /** The exception's name, its code as in {@code WROUGHT-1006}, and the message: what a log has. */
  @Override
  public String toString() {
    return "%s: %s: %s".formatted(getClass().getName(), code.label(), getMessage());
  }

  /** Always present, other than in a plain exception. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
