/**
 * The service's outside: {@link dev.wrought.serving.grpc.ServingEndpoint} answers every method of
 * {@code ServingService}.
 *
 * <p>Messages become the rooms' own records once ({@link dev.wrought.serving.grpc.TextRequests},
 * {@link dev.wrought.serving.grpc.ScoreRequests}) and results become messages once ({@link
 * dev.wrought.serving.grpc.Replies}). {@link dev.wrought.serving.grpc.TextWriter} is how a text
 * reaches a client that may be slow, or gone. The edge module gives each call a virtual thread and
 * maps failures.
 */
@NullMarked
package dev.wrought.serving.grpc;

import org.jspecify.annotations.NullMarked;
