/**
 * Failures as users meet them: one exception type, numbered codes, and the exit codes that follow
 * from them.
 *
 * <p>Read {@link dev.wrought.core.error.ErrorCode} first, then {@link
 * dev.wrought.core.error.ExitCode}. A new failure is a new constant with the next free number of
 * its kind; numbers are never reused. Mapping to gRPC, HTTP and Kubernetes is not here but in the
 * edge module.
 */
@NullMarked
package dev.wrought.core.error;

import org.jspecify.annotations.NullMarked;
