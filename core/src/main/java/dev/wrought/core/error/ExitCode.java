package dev.wrought.core.error;

/** The exit codes of every process of ours: the command line, the services, the workers. */
public enum ExitCode {
  /** Done. */
  OK(0),
  /** A defect of ours, or an unexpected failure. */
  INTERNAL(1),
  /** The command line itself is wrong. */
  USAGE(2),
  /** The input is wrong: a recipe, a file, a name. */
  INVALID_INPUT(3),
  /** Memory, disk, port or native library. */
  RESOURCES(4),
  /** Something that we depend on failed or does not answer. */
  EXTERNAL(5),
  /** A worker's training became non-finite. */
  NON_FINITE(6),
  /** A worker saved a checkpoint and ended because it was asked to (SIGTERM). */
  STOPPED(7),
  /** Another process owns the run directory, has a higher epoch, or holds the platform's lock. */
  FENCED(8),
  /** Out of memory in a worker; its last message says which batch would fit. */
  OUT_OF_MEMORY(9),
  /** Ended by Ctrl-C. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The exit code of a process that ends with this failure. */
  public static ExitCode of(ErrorCode error) {
    return switch (error) {
      case NON_FINITE -> NON_FINITE;
      case OUT_OF_MEMORY -> OUT_OF_MEMORY;
      case LOCKED -> FENCED;
      default ->
          switch (error.kind()) {
            case USER -> INVALID_INPUT;
            case INTERNAL -> INTERNAL;
            case INSUFFICIENT_RESOURCES -> RESOURCES;
            case EXTERNAL -> EXTERNAL;
          };
    };
  }
}
