/**
 * The service's contract, {@code wrought.evaluation.v1}, over gRPC.
 *
 * <p>{@link dev.wrought.eval.grpc.EvaluationGrpc} only translates: what it answers is found in the
 * store's queries and in the benchmark room. A further method is added to evaluation.proto first.
 */
@NullMarked
package dev.wrought.eval.grpc;

import org.jspecify.annotations.NullMarked;
