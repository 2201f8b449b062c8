/**
 * Speed, as ratios against peers in the same run and shares of what the machine can do at most.
 *
 * <p>{@link dev.wrought.benchmarks.Benchmarks} is what {@code ./wrought bench NAME} runs; it prints
 * {@link dev.wrought.benchmarks.BenchmarkRow}s. A benchmark is a {@link
 * dev.wrought.benchmarks.Benchmark} that it knows. Peers are other programs, found by the
 * environment and driven as child processes turn by turn with ours, so that both meet the same
 * machine; one that is not there leaves its fields empty. Their scripts lie in {@code
 * benchmarks/peers}. What runs in a JVM, peers too, JMH measures ({@link
 * dev.wrought.benchmarks.Jmh}): {@link dev.wrought.benchmarks.EncodeBenchmark}, {@link
 * dev.wrought.benchmarks.ThreadsBenchmark}. Not here: any assertion about time; and nothing depends
 * on this module.
 */
@NullMarked
package dev.wrought.benchmarks;

import org.jspecify.annotations.NullMarked;
