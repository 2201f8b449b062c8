/**
 * Who may talk to a service.
 *
 * <p>{@link dev.wrought.edge.auth.LoopbackGuard} is all there is so far: a service on loopback
 * needs no login, but answers only those who meant it, not pages of other sites that a browser has
 * open; and a service bound elsewhere does not start, for it has none. The rule, free of any
 * framework, is {@link dev.wrought.edge.auth.LoopbackRule}. To add a login, put a guard beside this
 * one that answers for every path, and let it lift the refusal.
 */
@NullMarked
package dev.wrought.edge.auth;

import org.jspecify.annotations.NullMarked;
