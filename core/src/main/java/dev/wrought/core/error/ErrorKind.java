package dev.wrought.core.error;

/** Who can mend a failure. */
public enum ErrorKind {
  /** The caller, by asking differently. */
  USER,
  /** Us: a defect. */
  INTERNAL,
  /** Whoever runs the machine: memory, disk, ports, quota; or time, by waiting. */
  INSUFFICIENT_RESOURCES,
  /** Whoever runs the thing that we depend on: a broker, a peer, a file system. */
  EXTERNAL
}
