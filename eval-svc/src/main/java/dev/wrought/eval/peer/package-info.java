/**
 * The service that we ask: serving-svc, over gRPC.
 *
 * <p>{@link dev.wrought.eval.peer.ServingPeer} is {@link dev.wrought.eval.benchmark.ModelServer} as
 * scoring sees it, with our own records and errors instead of messages and statuses; {@link
 * dev.wrought.eval.peer.ServingHealth} tells whether it is there. What is asked, how often, and how
 * long is waited, is the benchmark room's business.
 */
@NullMarked
package dev.wrought.eval.peer;

import org.jspecify.annotations.NullMarked;
