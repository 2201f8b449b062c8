/**
 * The service as it is delivered, with a real broker and a real browser: processes that tests start
 * and kill, and rehearsed runs that feed them.
 */
@NullMarked
package dev.wrought.eval.live;

import org.jspecify.annotations.NullMarked;
