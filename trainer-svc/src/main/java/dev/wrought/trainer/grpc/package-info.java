/**
 * The service's outside: {@link dev.wrought.trainer.grpc.TrainerEndpoint} answers every method of
 * {@code TrainerService}, on virtual threads.
 *
 * <p>Replies turns runs and plans into messages; EventStream is a watch. What runs do is in run,
 * what a recipe comes to in plan. Failures are mapped by the edge module.
 */
@NullMarked
package dev.wrought.trainer.grpc;

import org.jspecify.annotations.NullMarked;
