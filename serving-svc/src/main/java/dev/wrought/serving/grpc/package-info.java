/**
 * The service's outside: {@link dev.wrought.serving.grpc.ServingEndpoint} answers every method of
 * {@code ServingService}, each on a virtual thread of its own ({@link
 * dev.wrought.serving.grpc.Answers}).
 *
 * <p>Messages become the rooms' own records once ({@link dev.wrought.serving.grpc.TextRequests},
 * {@link dev.wrought.serving.grpc.ScoreRequests}) and results become messages once ({@link
 * dev.wrought.serving.grpc.Replies}). {@link dev.wrought.serving.grpc.TextWriter} is how a text
 * reaches a client that may be slow, or gone. Failures are mapped by the edge module.
 */
@NullMarked
package dev.wrought.serving.grpc;

import org.jspecify.annotations.NullMarked;
