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

  /** Always present, other than in a plain exception. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
