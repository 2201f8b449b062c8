/**
 * Where calls run: {@link dev.wrought.edge.call.CallThreads} gives each gRPC call a virtual thread,
 * so that methods may block; work that computes for minutes goes to an {@link
 * dev.wrought.edge.call.OwnThread}. {@link dev.wrought.edge.call.Outgoing} is how answers leave.
 *
 * <p>Not here: how calls fail (error), who may call (auth). Threads come by themselves: endpoints
 * carry neither {@code @Blocking} nor {@code @RunOnVirtualThread}.
 */
@NullMarked
package dev.wrought.edge.call;

import org.jspecify.annotations.NullMarked;
