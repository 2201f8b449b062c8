/**
 * Where calls run: {@link dev.wrought.edge.call.CallThreads} gives each gRPC call a virtual thread,
 * so that methods may block.
 *
 * <p>Not here: how calls fail (error), who may call (auth). Services need nothing of this room:
 * their endpoints carry neither {@code @Blocking} nor {@code @RunOnVirtualThread}.
 */
@NullMarked
package dev.wrought.edge.call;

import org.jspecify.annotations.NullMarked;
