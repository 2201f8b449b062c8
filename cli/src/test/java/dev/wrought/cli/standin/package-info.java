/**
 * Stand-ins of the four services for tests of the command: they speak the contracts over real gRPC
 * on loopback, and keep what they make on the disk, but do no work worth waiting for.
 *
 * <p>{@link dev.wrought.cli.standin.StandInServices} has all four in this process, with faults to
 * order; {@link dev.wrought.cli.standin.StandInInstallation} makes a checkout whose jars start them
 * as processes, as the platform does, and {@link dev.wrought.cli.standin.LauncherCheckout} one in
 * which the launcher runs, with a script for Maven.
 */
@NullMarked
package dev.wrought.cli.standin;

import org.jspecify.annotations.NullMarked;
