/**
 * Failures on their way out: {@link dev.wrought.core.error.WroughtException} becomes a gRPC status
 * with details, or an HTTP response.
 *
 * <p>{@link dev.wrought.edge.error.GrpcErrors} is the one interceptor; {@link
 * dev.wrought.edge.error.HttpErrors} the one mapper; FailureMessage has what both tell the caller,
 * and logs what the caller cannot mend. No stack trace leaves a service. {@link
 * dev.wrought.edge.error.DepartedClients} keeps answers from clients that have gone away.
 */
@NullMarked
package dev.wrought.edge.error;

import org.jspecify.annotations.NullMarked;
