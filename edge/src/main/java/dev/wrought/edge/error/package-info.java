/**
 * Failures on their way out: {@link dev.wrought.core.error.WroughtException} becomes a gRPC status
 * with details, or an HTTP response.
 *
 * <p>{@link dev.wrought.edge.error.GrpcErrors} is the one interceptor; {@link
 * dev.wrought.edge.error.HttpErrors} the one mapper; FailureMessage has what both tell the caller,
 * and logs what the caller cannot mend. No stack trace leaves a service. {@link
 * dev.wrought.edge.error.DepartedClients} keeps answers from clients that have gone away, and
 * {@link dev.wrought.edge.error.ReadableMessages} is what a service binds its methods with so that
 * a damaged request is refused instead of never answered.
 */
@NullMarked
package dev.wrought.edge.error;

import org.jspecify.annotations.NullMarked;
