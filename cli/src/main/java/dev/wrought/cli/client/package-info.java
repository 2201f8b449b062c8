/**
 * The services, over gRPC.
 *
 * <p>{@link dev.wrought.cli.client.Services} opens a channel a service, when it is first asked;
 * {@link dev.wrought.cli.client.Failures} turns what came back into an error code and a line.
 * Messages are the contracts in proto; nothing is copied into classes of our own.
 */
@NullMarked
package dev.wrought.cli.client;

import org.jspecify.annotations.NullMarked;
