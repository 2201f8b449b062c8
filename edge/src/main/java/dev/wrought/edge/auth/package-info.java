/**
 * Who may talk to a service.
 *
 * <p>{@link dev.wrought.edge.auth.LoopbackGuard} is all there is so far: a service on loopback
 * needs no login, but answers only those who meant it, not pages of other sites that a browser has
 * open. Its rule, free of any framework, is {@link dev.wrought.edge.auth.LoopbackRule}. Tokens for
 * services that are bound elsewhere will be a second guard beside it.
 */
@NullMarked
package dev.wrought.edge.auth;

import org.jspecify.annotations.NullMarked;
