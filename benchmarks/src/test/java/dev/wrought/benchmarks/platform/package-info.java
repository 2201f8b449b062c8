/**
 * The platform as its users meet it: broker and services as processes, started once for all tests
 * of this room from the jars that were packaged.
 *
 * <p>Start with {@link dev.wrought.benchmarks.platform.PlatformUnderTest}, which a test gets as a
 * parameter through {@link dev.wrought.benchmarks.platform.SharedPlatform}; then {@code ChainIT},
 * which goes the way of the data. {@code KillsIT} shoots at processes. What one service does by
 * itself is tested in its own module.
 */
@NullMarked
package dev.wrought.benchmarks.platform;

import org.jspecify.annotations.NullMarked;
