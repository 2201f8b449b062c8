/**
 * The platform on this machine: a broker and four services as processes on loopback.
 *
 * <p>Read {@link dev.wrought.cli.local.Part} (what there is), {@link dev.wrought.cli.local.Home}
 * (where it keeps things), {@link dev.wrought.cli.local.Platform} (up, down, status), then {@link
 * dev.wrought.cli.local.Supervisor}. State is one file, {@code platform.json}, changed under one
 * lock; a process in it counts only while its pid and its start time are both right, so that a
 * crash or a reboot leaves nothing to clean up. Talking to the services is not here but in {@code
 * client}. A further service is a constant in {@code Part}.
 */
@NullMarked
package dev.wrought.cli.local;

import org.jspecify.annotations.NullMarked;
